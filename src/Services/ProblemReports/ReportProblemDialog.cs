using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;
using WuShe.Dialogs.Understanding;
using WuShe.Services.Cases;
using WuShe.Services.Common;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.ProblemReports;

/// <summary>
/// Takes a report in at most four turns: what was said first, at most two questions, the confirmation. What a sentence
/// tells already (place, category) is not asked but can be corrected; what there is no room to ask goes as 其他 or to the
/// duty queue, where people sort it out.
/// </summary>
public sealed class ReportProblemDialog(ProblemReports reports, ReportReading reading, CatalogueInUse catalogue, IPlaces places) : IDialog
{
    public const string Name = "report-problem";
    private const int MostQuestions = 2;
    private const int MostPhotos = NewCase.MaxPictures;
    private const int MostCandidates = 8;
    private const int MostShown = 120;
    private const int Elsewhere = -1;
    private const string Unsayable = "说不清";
    private const string ComePlease = "要，请来人";
    private static readonly Spot Nowhere = new("", null, null, null);

    public async Task Run(Chat chat)
    {
        var here = await Here(chat);
        var told = await Details(chat, here);
        var facts = await chat.Fetch("facts", new { told.Words }, ct => reading.Read(told.Words, chat.Now, ct));
        var kinds = catalogue.Now;
        var guess = facts.Category is null ? null : kinds.Find(facts.Category);
        // Words of immediate danger have been answered already, before the dialog began.
        if (guess is not null) await Advise(chat, guess, Danger.Find(told.Words) is null);

        var where = await Where(chat, told.Words, facts.Place, here, guess);
        // What the category was taken for can be mended before the place is certain; an unknown one can wait.
        var asked = chat.Asked;
        var kind = guess is null ? null : await Kind(chat, guess, kinds);
        var place = await Which(chat, where.Answer, where.Match, asked);
        kind ??= await Kind(chat, null, kinds);
        if (await Followed(chat, kind, place, told)) return;
        var extra = kind.Extra is { } more
            ? await chat.Ask("extra", Text.Of(more, 100).Skippable("").Named("补充").From(chat.Asked >= MostQuestions - 1, ""))
            : "";
        var since = await chat.Ask("since", Text.Of("从什么时候开始的？", 60).Skippable("").Named("时间").From(true, facts.Since));
        // Who said everything at once is only asked whether it is right; pictures are taken then as well.
        var photos = await chat.Ask("photos", Photos.Of($"有照片吗？请发照片，最多 {MostPhotos} 张。", MostPhotos)
            .From(told.Pictures.Count > 0 || chat.Asked == 0 || chat.Asked >= MostQuestions, told.Pictures));

        // Pictures sent late are added to whichever answer has room for them.
        IReadOnlyList<AttachmentRef> sent = [.. told.Pictures.Union(photos)];
        if (sent.Count > MostPhotos) chat.Say(NewCase.TooManyPictures);
        IReadOnlyList<AttachmentRef> pictures = [.. sent.Take(MostPhotos)];
        var words = told.Words;
        if (extra.Length > 0) words += $"\n{kind.Extra}{extra}";
        var summary = Summary(kind, place, reading.Shown(since, chat.Now), words, pictures.Count);
        var confirm = kind.HelpsItself ? Confirm.Of($"{summary}\n这件事还要社区来人吗？", ComePlease) : Confirm.Of(summary);
        if (!await chat.Ask("confirm", confirm))
        {
            chat.Say(kind.HelpsItself ? "好的，先不来人。要人来的时候，再说一声。" : "好的，没有提交。");
            return;
        }

        if (since != facts.Since && since.Length > 0) words += $"\n时间：{since}";
        var draft = new ProblemDraft(kind.Code, place, words, pictures);
        var opened = await chat.Perform("submit", (key, ct) => reports.Submit(draft, chat.Resident, key, ct));
        var received = $"收到了，编号 {opened.Number}。\n由{opened.OwnerName}负责，{ChineseDate.Day(opened.DueAt)}前给您答复。\n想知道办得怎么样，说「查进度」就行。";
        chat.Say(new Message(received) { Link = opened.ToPage() });
    }

    /// <summary>Where the code hangs that was scanned to report; empty when none was.</summary>
    private async Task<Spot> Here(Chat chat) => Scene.TryParse(chat.Argument, out var scene)
        ? await chat.Fetch("here", new { scene }, async ct => (await places.At(scene, ct)).Spot)
        : Nowhere;

    /// <summary>What opened the dialog stays with the run, so a prefilled answer is empty: a journal keeps every word once.</summary>
    private async Task<Told> Details(Chat chat, Spot here)
    {
        var known = chat.Opening.Length > 0 || chat.OpeningPictures.Count > 0;
        var said = await chat.Ask("details", Telling.Of(here == Nowhere ? "请说说是什么问题、在哪里，也可以发照片。" : $"您在{here.Words}。请说说是什么问题，也可以发照片。", examples: catalogue.Now.Examples)
            .AboutAnything().Simply("比如：「3栋2单元楼道灯坏了三天了」。不会写就点一个。").Named("情况").From(known, new Told("", [])));
        return new Told(
            said.Words.Length > 0 ? said.Words : chat.Opening,
            [.. chat.OpeningPictures.Union(said.Pictures).Take(MostPhotos)]);
    }

    private async Task<(PlaceAnswer Answer, PlaceMatch Match)> Where(Chat chat, string words, string placeWords, Spot here, ProblemKind? guess)
    {
        var said = await chat.Fetch("place-in-words", new { words, placeWords, here = here.Words }, ct => Named(words, placeWords, here, ct));
        var named = new PlaceAnswer(said.Named, null);
        var known = said.Named.Length > 0;
        // 单元门口 is in every estate: which one is still to be asked.
        var spot = !known && PlaceWords.IsGeneral(placeWords) ? placeWords : "";
        var question = spot.Length > 0 ? $"“{spot}”在哪里？说楼栋单元，或发定位。" : $"在什么位置？说楼栋单元，或发定位。{Now(known ? said.Named : null)}";
        if (guess is { HelpsItself: true }) question = $"还要社区来人的话，请接着说；不用的话，说「取消」。\n{question}";
        var where = await chat.Ask("place", PlaceQuestion.Of(question, reading.MayBePlace)
            .Simply("比如：3栋2单元，或者只写 3-2。").Skippable(new PlaceAnswer(Unsayable, null), Unsayable).Named("位置").From(known, named));
        var match = known && where == named
            ? said
            : await chat.Fetch("place-found", new { where }, ct => places.Find(where, ct));
        return (where, spot.Length > 0 && !match.Spot.Words.Contains(spot, StringComparison.Ordinal) ? At(match, spot) : match);
    }

    /// <summary>The spot within the place: 3栋2单元，单元门口.</summary>
    private static PlaceMatch At(PlaceMatch match, string spot)
    {
        Spot Within(Spot place) => place with { Words = place.Words is "" or Unsayable ? spot : $"{place.Words}，{spot}" };
        return match with { Spot = Within(match.Spot), Candidates = [.. match.Candidates.Select(Within)] };
    }

    private static async Task<Spot> Which(Chat chat, PlaceAnswer where, PlaceMatch match, int asked)
    {
        if (match.Kind != PlaceMatchKind.Ambiguous) return match.Spot;

        var candidates = match.Candidates.Take(MostCandidates)
            .Select((candidate, index) => new ChoiceOption<int>(index, candidate.Words))
            .Append(new ChoiceOption<int>(Elsewhere, "都不是", "不是", "没有", "其他"));
        var which = await chat.Ask("which-place", Choice.Of($"“{where.Words}”有几处，是哪一处？", [.. candidates])
            .From(asked >= MostQuestions, Elsewhere));
        if (which != Elsewhere) return match.Candidates[which];
        return match.Spot with { Words = where.Words.Length > 0 ? where.Words : match.Spot.Words, GridId = null };
    }

    /// <summary>
    /// What is named but not in the list of places is a place all the same: the worker knows it, or staff teach it. Where a
    /// code was scanned, it is a corner of the place at which that hangs.
    /// </summary>
    private async Task<PlaceMatch> Named(string words, string placeWords, Spot here, CancellationToken ct)
    {
        var match = await places.FindIn(words, ct);
        if (match.Kind == PlaceMatchKind.Unknown && here != Nowhere)
        {
            var corner = here with { Words = placeWords.Length == 0 ? here.Words : $"{here.Words}，{placeWords}" };
            return new PlaceMatch(PlaceMatchKind.Found, corner, []) { Named = corner.Words };
        }
        if (match.Kind == PlaceMatchKind.Unknown && placeWords.Length > 0)
        {
            match = await places.Find(new PlaceAnswer(placeWords, null), ct);
            if (match.Kind == PlaceMatchKind.Unknown && PlaceWords.IsGeneral(placeWords)) return match with { Spot = Nowhere };
            if (match.Kind == PlaceMatchKind.Unknown) return new PlaceMatch(PlaceMatchKind.Found, new Spot(placeWords, null, null, null), []) { Named = placeWords };
            match = match with { Named = placeWords };
        }
        return match.Kind == PlaceMatchKind.Found ? match : match with { Spot = Nowhere };
    }

    private async Task<ProblemKind> Kind(Chat chat, ProblemKind? guess, Catalogue kinds)
    {
        var code = await chat.Ask("kind", Choice.Of($"您要反映哪一类问题？{Now(guess?.Name)}", kinds.Choices)
            .Named("类别").From(guess is not null || chat.Asked >= MostQuestions, (guess ?? kinds.Other).Code));
        var kind = kinds[code];
        if (kind != guess) await Advise(chat, kind, stops: true);
        return kind;
    }

    /// <summary>What comes before the report: what to do in danger and, of what is private (私事), what people can do themselves.</summary>
    private async Task Advise(Chat chat, ProblemKind kind, bool stops)
    {
        if (stops && kind.Stop is { } stop) chat.Say(stop);
        if (!kind.HelpsItself) return;
        var address = await chat.Fetch("help", new { kind.Code }, ct => reports.HelpAddress(kind.Code, ct));
        chat.Say(new Message($"{kind.Name}，您可以先这样办：\n{kind.Help}\n网页上也能看：{address}") { Link = new MessageLink($"{kind.Name}：您可以先这样办", "点开看怎么办，也能请社区来人。", kind.HelpPath) });
    }

    /// <summary>Neighbours may have reported the same: whoever follows theirs has nothing more to say. True when the dialog is over.</summary>
    private async Task<bool> Followed(Chat chat, ProblemKind kind, Spot place, Told told)
    {
        if (place.GridId is null && place.Latitude is null) return false;
        var near = await chat.Fetch("near", new { kind.Code, place }, ct => reports.Near(kind, place, chat.Resident, ct));
        if (near.Count == 0) return false;

        var which = await chat.Ask("same", SameAs(near, chat.Now));
        if (which == Elsewhere) return false;
        var same = near[which];
        var followed = await chat.Perform("follow", (key, ct) => reports.Follow(same.Number, told.Words, told.Pictures, chat.Resident, key, ct));
        chat.Say(followed is null
            ? $"“{same.Title}”刚刚办完了。您那里还没好的话，请再说一次。"
            : new Message($"好的，您和邻居一起跟进，编号 {followed.Number}。\n由{followed.OwnerName}负责，{(followed.DueAt > chat.Now ? $"{ChineseDate.Day(followed.DueAt)}前给您答复" : "正在抓紧办")}。\n有进展会告诉您，说「查进度」也能看。") { Link = followed.ToPage() });
        return true;
    }

    private static Question<int> SameAs(IReadOnlyList<NearbyCase> near, DateTimeOffset now)
    {
        var told = near.Select(one => $"“{one.Title}”（{one.Place}，{one.Day(now)}）").ToList();
        ChoiceOption<int> another = new(Elsewhere, "不是一回事，继续报", "不是", "不是的", "不一样", "不跟进", "不要", "不用", "继续报", "都不是");
        return told is [var only]
            ? Choice.Of($"邻居已经报过：{only}。\n要跟进这一件吗？不用再报，有进展一样告诉您。",
                new ChoiceOption<int>(0, "跟进这一件", "跟进", "是", "是的", "对", "对的", "要", "要的", "好", "好的", "就是这个", "是一回事", "一样的"), another)
            : Choice.Of($"邻居已经报过这几件：\n{string.Join('\n', told.Select((one, i) => $"{i + 1}. {one}"))}\n要跟进哪一件？不用再报，有进展一样告诉您。",
                [.. near.Select((_, i) => new ChoiceOption<int>(i, $"跟进第{i + 1}件", $"第{i + 1}件")), another]);
    }

    /// <summary>Part of the question, so that other words said later are understood anew.</summary>
    private static string Now(string? known) => known is null ? "" : $"（现在是“{known}”）";

    private static string Summary(ProblemKind kind, Spot place, string since, string words, int photos) =>
        $"请您核对：\n类别：{kind.Name}\n位置：{place.Words}{(since.Length == 0 ? "" : $"\n时间：{since}")}\n情况：{(words.Length == 0 ? "见照片" : Plain.Limit(words, MostShown) is { Cut: true } shown ? shown.Text + "…" : words)}\n照片：{photos} 张{(photos < MostPhotos ? "（还能发照片）" : "")}";
}
