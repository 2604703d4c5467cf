using CsCheck;
using WuShe.Dialogs.Engine;

namespace WuShe.Dialogs.Tests.Engine;

public sealed class StateFormatTests
{
    [Fact]
    public void Any_bytes_are_read_without_a_throw() =>
        Gen.Byte.Array[0, 200].Sample(bytes => Assert.NotNull(StateFormat.Read(bytes)));

    [Fact]
    public void Everything_comes_back()
    {
        var state = new ConversationState { Greeted = true, Reminded = true, LastAt = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_123), Expired = "上报" };
        state.Runs.Add(new Run
        {
            Id = "r1",
            Dialog = "report",
            Version = 3,
            BeganAt = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000),
            Opening = "灯坏了😀",
            Pictures = [new("p")],
            Argument = "",
            Reached = 1,
            Sealed = true,
            Interrupted = true,
            Choosing = true,
            Misses = 2,
            Pending = new PendingQuestion("k", 7, "名", TakesPictures: true) { Traits = QuestionTraits.TakesAnything | QuestionTraits.Skippable },
            Entries = [new Entry("a", EntryKind.Perform, uint.MaxValue, "1"u8.ToArray()) { Asked = true, Explicit = true, Name = "甲", Room = 9 }],
        });
        state.LastSaid = [new Message("说") { Options = ["一"], Picture = new AttachmentRef("q") }];
        state.Waiting.Add(new Parked("progress", null));
        state.Waiting.Add(new Parked("report", null, "还有垃圾没人收"));
        state.Offer = new Offer("灯坏了", [new Way("问题上报", "report"), new Way("接着办", Way.GoOn)]);
        state.Dropped = new Run { Id = "r2", Dialog = "report", Version = 1, BeganAt = state.Runs[0].BeganAt, Opening = "电梯坏了" };
        state.Misses = 1;

        var bytes = StateFormat.Write(state);
        var read = StateFormat.Read(bytes);

        Assert.True(SavedState.HasOpenDialog(bytes));
        Assert.Equal(bytes, StateFormat.Write(read));
        Assert.Equal(state.Runs[0].Pending, read.Runs[0].Pending);
        Assert.Equal("", read.Runs[0].Argument);
        Assert.Null(read.Waiting[0].Argument);
        Assert.Equal("还有垃圾没人收", read.Waiting[1].Words);
        Assert.Equal(state.Offer.Ways, read.Offer!.Ways);
        Assert.Equal(("电梯坏了", 1), (read.Dropped!.Opening, read.Misses));
    }

    [Fact]
    public void A_long_talk_is_packed_and_comes_back()
    {
        var state = new ConversationState { LastAt = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_123) };
        var words = string.Concat(Enumerable.Range(0, 500).Select(i => char.ConvertFromUtf32(0x4E00 + (i * 37 % 0x5000))));
        state.Runs.Add(new Run { Id = "r", Dialog = "report", Version = 1, BeganAt = state.LastAt, Opening = words });
        state.LastSaid = [new Message(words)];

        var bytes = StateFormat.Write(state);
        var read = StateFormat.Read(bytes);

        Assert.InRange(bytes.Length, 1, 1400);
        Assert.True(SavedState.HasOpenDialog(bytes));
        Assert.Equal((words, words), (read.Runs[0].Opening, read.LastSaid[0].Text));
        Assert.Equal(bytes, StateFormat.Write(read));
        bytes[^20] ^= 1;
        Assert.True(StateFormat.Read(bytes).Lost);
    }

    [Fact]
    public void Replies_come_back()
    {
        Message[] replies = [new("您好\n\"😀\""), new("选") { Options = ["一", "二"], Picture = new AttachmentRef("p"), Link = new MessageLink("路灯\"", "编号 1", "my/cases/1") }];

        foreach (var late in new[] { false, true })
        {
            var read = SavedReplies.Read(SavedReplies.Write(replies, late));
            Assert.Equal(late, read.Late);
            Assert.Equal(Harness.Transcript.Show(replies), Harness.Transcript.Show(read.Replies));
            Assert.Equal(replies.Select(reply => reply.Link), read.Replies.Select(reply => reply.Link));
        }
        Assert.DoesNotContain("\\u60A8", System.Text.Encoding.UTF8.GetString(SavedReplies.Write(replies)), StringComparison.Ordinal);
    }
}
