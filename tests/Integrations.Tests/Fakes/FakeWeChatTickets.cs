using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace WuShe.Fakes;

/// <summary>Tickets of the JS-SDK: two hours each; the same one until it ends.</summary>
internal sealed class FakeWeChatTickets(TimeProvider time)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _until;

    public int Issued { get; private set; }

    public IResult Get(IQueryCollection query)
    {
        if (query["type"] != "jsapi") return FakeWeChat.Code(40097);
        lock (_lock)
        {
            if (_until - time.GetUtcNow() <= TimeSpan.FromMinutes(5))
            {
                Issued++;
                _until = time.GetUtcNow() + TimeSpan.FromHours(2);
            }

            var seconds = (int)(_until - time.GetUtcNow()).TotalSeconds;
            return Results.Text(string.Create(
                CultureInfo.InvariantCulture, $$"""{"errcode":0,"errmsg":"ok","ticket":"ticket-{{Issued}}","expires_in":{{seconds}}}"""), "text/plain");
        }
    }
}
