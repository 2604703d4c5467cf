using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WuShe.Dialogs.Understanding;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Teaching;

/// <summary>Keeps this instance on the last model that was accepted. The host calls it at start and every few seconds.</summary>
public sealed partial class ModelInUse(IDbContextFactory<CommunityDb> contexts, ModelUnderstanding understanding, ILogger<ModelInUse> logger)
{
    private Guid _current;

    /// <summary>True when another model was put in.</summary>
    public async Task<bool> Follow(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var last = await db.Set<TrainedModel>().Where(m => m.State == TrainingState.Accepted).OrderByDescending(m => m.FinishedAt).Select(m => (Guid?)m.Id).FirstOrDefaultAsync(ct);
        if (last is not { } id || id == _current) return false;
        var model = await db.Set<TrainedModel>().Where(m => m.Id == id).Select(m => m.Model).FirstAsync(ct);
        _current = id;
        try
        {
            using var stream = new MemoryStream(model ?? []);
            understanding.Use(ModelUnderstanding.Load(stream));
            return true;
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            // Trained by another version of the product: the model that comes with this one serves until the next training.
            Foreign();
            return false;
        }
    }

    [LoggerMessage(5002, LogLevel.Warning, "The last trained model was made by another version; the product's own is used until the next training.")]
    private partial void Foreign();
}
