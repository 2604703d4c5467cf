using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Tests.Harness;
using WuShe.Dialogs.Tests.Samples;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Tests.Engine;

/// <summary>The number to call is the first sentence, whatever else has to be said.</summary>
public sealed class DangerFirstTests
{
    private static readonly string Call = Danger.Call(DangerKind.Fire);
    private readonly Talker _talker = new(SampleDialogs.All(new SampleReports()));

    [Fact]
    public async Task Before_words_that_were_too_long()
    {
        var replies = await _talker.Say("楼下着火了" + new string('啊', 5000));

        Assert.Equal([Call, Phrases.TooLong], replies.Take(2).Select(reply => reply.Text));
    }

    [Fact]
    public async Task Before_state_that_was_lost()
    {
        await _talker.SayAll("报修", "电梯");
        var state = _talker.Store.State(_talker.Id).ToArray();
        state[0] ^= 0x55;
        _talker.Store.Put(_talker.Id, state);

        var replies = await _talker.Say("楼下着火了");

        Assert.Equal([Call, Phrases.StateLost], replies.Take(2).Select(reply => reply.Text));
    }

    [Fact]
    public async Task Before_a_dialog_that_was_closed()
    {
        await _talker.SayAll("报修", "电梯");
        _talker.Time.Advance(TimeSpan.FromDays(31));

        var replies = await _talker.Say("楼下着火了");

        Assert.Equal([Call, Phrases.Expired("问题上报")], replies.Take(2).Select(reply => reply.Text));
    }
}
