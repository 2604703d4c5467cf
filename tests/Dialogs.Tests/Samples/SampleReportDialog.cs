using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;

namespace WuShe.Dialogs.Tests.Samples;

public sealed record SampleDraft(string Kind, PlaceAnswer Place, IReadOnlyList<AttachmentRef> Photos, string Note);

/// <summary>Where the sample dialog's acts arrive, as a use case with a unique key would keep them.</summary>
public sealed class SampleReports
{
    public Dictionary<string, (string Number, SampleDraft Draft)> Stored { get; } = [];

    public List<string> Keys { get; } = [];

    public int Reads { get; private set; }

    public int FailSubmits { get; set; }

    public int FailReads { get; set; }

    public async Task<string[]> Near(string kind, PlaceAnswer place)
    {
        await Task.Yield();
        Reads++;
        if (FailReads-- > 0) throw new InvalidOperationException("The database is away.");
        return kind == "lighting" && place.Words.Contains("旧案", StringComparison.Ordinal) ? ["260302-0001"] : [];
    }

    public async Task<string> Submit(SampleDraft draft, IdempotencyKey key)
    {
        await Task.Yield();
        Keys.Add(key.Value);
        if (FailSubmits-- > 0) throw new InvalidOperationException("The database is away.");
        if (!Stored.TryGetValue(key.Value, out var stored))
            Stored[key.Value] = stored = ($"260302-{Stored.Count + 2:0000}", draft);
        return stored.Number;
    }
}

/// <summary>The report of the style guide in small: choice, fetch, branch, place, photos, note, confirmation, act.</summary>
public sealed class SampleReportDialog(SampleReports reports, string wording = "您要反映哪类问题？") : IDialog
{
    private static readonly ChoiceSet<string> Kinds = new(
    [
        new("lighting", "公共照明", "路灯", "楼道灯", "灯"),
        new("drainage", "排水", "下水道", "堵"),
        new("elevator", "电梯"),
        new("other", "其他"),
    ]);

    public async Task Run(Chat chat)
    {
        var kind = await chat.Ask("kind", Choice.Of(wording, Kinds).Named("类别").From(chat.Opening));
        var place = await chat.Ask("place", PlaceQuestion.Of("在什么位置？可发定位或楼号。"));
        var near = await chat.Fetch("near", new { kind, place }, _ => reports.Near(kind, place));
        if (near is [var same, ..])
        {
            chat.Say($"附近有一件 {same}。");
            if (await chat.Ask("same", YesNo.Of($"和 {same} 是同一件事吗？")))
            {
                chat.Say($"已为您关注 {same}。");
                return;
            }
        }
        var photos = await Photos.Ask(chat, max: 4);
        var note = await Note(chat);
        var draft = new SampleDraft(kind, place, photos, note);
        var summary = $"请核对：\n类别 {kind}\n地点 {place.Words}\n照片 {photos.Count} 张\n说明 {note}";
        if (!await chat.Ask("confirm", Confirm.Of(summary)))
        {
            chat.Say("好的，没有提交。");
            return;
        }
        chat.Say("正在提交。");
        var number = await chat.Perform("submit", (key, _) => reports.Submit(draft, key));
        chat.Say($"已受理，编号 {number}。");
    }

    private static async Task<string> Note(Chat chat) =>
        await chat.Ask("note", Text.Of("还有要补充的吗？", maxLength: 20).Named("说明").Skippable("无"));
}

/// <summary>A look-up: one question, no act.</summary>
public sealed class SampleProgressDialog : IDialog
{
    public async Task Run(Chat chat)
    {
        var number = chat.Argument ?? await chat.Ask("number", Text.Of("请告诉我编号。", maxLength: 40));
        chat.Say($"{number} 正在处理。");
    }
}

/// <summary>Another task, to make stacks of.</summary>
public sealed class SampleLawyerDialog : IDialog
{
    public async Task Run(Chat chat)
    {
        var day = await chat.Ask("day", Choice.Of("想约哪一天？", new("mon", "周一"), new ChoiceOption<string>("tue", "周二")).Named("时间"));
        chat.Say($"约好了：{day}。");
    }
}

public static class SampleDialogs
{
    public static DialogEntry Report(SampleReports reports, int version = 1, string wording = "您要反映哪类问题？") =>
        new("report", "问题上报", version, new SampleReportDialog(reports, wording))
        {
            OpensOn = ["报修", "反映问题"],
            OnMenu = true,
            TakesPictures = true,
            Opener = new BrokenThings(),
        };

    public static DialogEntry Progress { get; } =
        new("progress", "查进度", 1, new SampleProgressDialog()) { OpensOn = ["进度"], OnMenu = true, Reminds = false };

    public static DialogEntry Lawyer { get; } =
        new("lawyer", "约律师", 1, new SampleLawyerDialog()) { OpensOn = ["律师"], OnMenu = true };

    public static DialogEntry[] All(SampleReports reports) => [Report(reports), Progress, Lawyer];

    private sealed class BrokenThings : IOpener
    {
        public double Opens(string text) =>
            text.Contains('坏') || text.Contains('堵') ? 0.8 : 0;
    }
}
