using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using WuShe.Services.Common.Data;

namespace WuShe.SeedCases;

/// <summary>
/// Writes entities by PostgreSQL's COPY, with the columns and conversions that the model says, so that a new column needs
/// nothing here.
/// </summary>
internal sealed class Copy<T> : IAsyncDisposable where T : class
{
    private readonly Func<T, object?>[] _values;
    private readonly string _command;
    private readonly StringBuilder _line = new();
    private NpgsqlConnection? _connection;
    private TextWriter? _writer;

    public Copy(CommunityDb db)
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        var columns = Columns(entity, StoreObjectIdentifier.Table(entity.GetTableName()!), one => one).ToList();
        _values = [.. columns.Select(column => column.Value)];
        _command = $"COPY \"{entity.GetTableName()}\" ({string.Join(", ", columns.Select(column => $"\"{column.Name}\""))}) FROM STDIN";
    }

    public async Task Begin(string connection)
    {
        _connection = new NpgsqlConnection(connection);
        await _connection.OpenAsync();
        // Cases and their rows go in side by side, on two connections: neither waits for the other to be there.
        await using (var free = new NpgsqlCommand("SET session_replication_role = replica", _connection)) await free.ExecuteNonQueryAsync();
        _writer = await _connection.BeginTextImportAsync(_command);
    }

    public void Write(T one)
    {
        _line.Clear();
        foreach (var value in _values)
        {
            if (_line.Length > 0) _line.Append('\t');
            Append(value(one));
        }

        _writer!.Write(_line.Append('\n'));
    }

    public async ValueTask DisposeAsync()
    {
        if (_writer is not null) await _writer.DisposeAsync();
        if (_connection is not null) await _connection.DisposeAsync();
    }

    private static IEnumerable<(string? Name, Func<T, object?> Value)> Columns(ITypeBase type, StoreObjectIdentifier table, Func<object, object?> from)
    {
        foreach (var property in type.GetProperties())
        {
            var (name, convert, read) = (property.GetColumnName(table), property.GetTypeMapping().Converter, property.PropertyInfo!);
            yield return (name, one => from(one) is { } holder && read.GetValue(holder) is { } value ? convert is null ? value : convert.ConvertToProvider(value) : null);
        }

        foreach (var complex in type.GetComplexProperties())
        {
            var read = complex.PropertyInfo!;
            foreach (var column in Columns(complex.ComplexType, table, one => from(one) is { } holder ? read.GetValue(holder) : null)) yield return column;
        }
    }

    private void Append(object? value)
    {
        switch (value)
        {
            case null:
                _line.Append("\\N");
                break;
            case byte[] bytes:
                _line.Append("\\\\x").Append(Convert.ToHexString(bytes));
                break;
            case DateTimeOffset at:
                _line.Append(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}+00");
                break;
            case bool yes:
                _line.Append(yes ? 't' : 'f');
                break;
            case string words:
                _line.Append(words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal));
                break;
            case Enum code:
                _line.Append(Convert.ToInt64(code, CultureInfo.InvariantCulture));
                break;
            default:
                _line.Append(CultureInfo.InvariantCulture, $"{value}");
                break;
        }
    }
}
