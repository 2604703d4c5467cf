namespace WuShe.Bench.Turns;

/// <summary>Many people who each start a report and leave it open: what memory holds after a busy day.</summary>
internal static class Visit
{
    public static async Task Run(Uri url, int conversations)
    {
        var wire = new JsonWire("visit");
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            using var http = new RawHttp(url.Host, url.Port);
            await http.Connect();
            int person;
            while ((person = Interlocked.Increment(ref next)) < conversations)
            {
                foreach (var (line, turn) in Script.Talk.Take(3).Select((line, turn) => (line, turn)))
                {
                    var (path, type, body) = wire.Push(person, person * 10L + turn, line.Say);
                    var (status, reply) = await http.Post(path, type, body);
                    if (status != 200) throw new InvalidOperationException($"{status}: {wire.ReplyText(reply)}");
                }
            }
        }));
    }
}
