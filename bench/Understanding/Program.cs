using System.Diagnostics;
using System.Globalization;
using WuShe.Dialogs.Understanding;
using WuShe.Dialogs.Understanding.Training;

// measure [wrong]: accuracy of the model that comes with the product, and how fast it reads.
// tune [wrong]: five-fold cross-validation on the training utterances; nothing held apart is touched.
return args switch
{
    ["measure", ..] => Measure(args.Length > 1),
    ["tune", ..] => Tune(args.Length > 1),
    _ => 1,
};

static int Measure(bool wrong)
{
    var loading = Stopwatch.StartNew();
    var understanding = new ModelUnderstanding();
    loading.Stop();
    var said = OwnUtterances.HeldApart();
    Table(Accuracy.Of(understanding, said), wrong);
    Print($"");
    Print($"| written for | utterances | intent | category | danger seen | right number | false alarms | place | false places | time |");
    Print($"|---|---|---|---|---|---|---|---|---|---|");
    foreach (var (file, utterances) in OwnUtterances.HeldApartByFile()) Row(file, Accuracy.Of(understanding, utterances));
    Print($"");

    string[] texts = [.. said.Select(one => one.Text)];
    var took = new double[texts.Length * 20];
    foreach (var text in texts) understanding.Read(text);
    for (var i = 0; i < took.Length; i++)
    {
        var began = Stopwatch.GetTimestamp();
        understanding.Read(texts[i % texts.Length]);
        took[i] = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
    }
    Array.Sort(took);
    Print($"loaded in {loading.ElapsedMilliseconds} ms; a message: median {took[took.Length / 2]:F0} µs, p99 {took[took.Length * 99 / 100]:F0} µs");
    return 0;
}

static int Tune(bool wrong)
{
    const int Folds = 5;
    var said = OwnUtterances.Training();
    var order = Enumerable.Range(0, said.Count).ToArray();
    new Random(7).Shuffle(order);
    var parts = new List<Accuracy>();
    for (var fold = 0; fold < Folds; fold++)
    {
        var train = order.Where((_, at) => at % Folds != fold).Select(at => said[at]).ToList();
        parts.Add(Accuracy.Of(ModelTrainer.Train(train), order.Where((_, at) => at % Folds == fold).Select(at => said[at])));
    }
    Table(Accuracy.Of(parts), wrong);
    return 0;
}

static void Table(Accuracy accuracy, bool wrong)
{
    Print($"| style | utterances | intent | category | danger seen | right number | false alarms | place | false places | time |");
    Print($"|---|---|---|---|---|---|---|---|---|---|");
    foreach (var (style, part) in accuracy.ByStyle().Append(("**all**", accuracy))) Row(style, part);
    Print($"");
    Print($"intent mistaken: {string.Join(", ", accuracy.Confusions(said => said.Intent, read => read.Intent.Code).Take(20).Select(c => $"{c.Said}→{c.Read} {c.Times}"))}");
    Print($"category mistaken: {string.Join(", ", accuracy.Confusions(said => said.Category, read => read.Category is [var best, ..] ? best.Code : null).Take(30).Select(c => $"{c.Said}→{c.Read} {c.Times}"))}");
    if (!wrong) return;
    foreach (var (said, read) in accuracy.Wrong((said, read) => said.Intent == read.Intent.Code)) Print($"INTENT {said.Intent}→{read.Intent.Code} {read.Intent.Confidence:F2} {said.Text}");
    foreach (var (said, read) in accuracy.Wrong((said, read) => said.Category is null || (read.Category is [var best, ..] && best.Code == said.Category))) Print($"CATEGORY {said.Category}→{(read.Category is [var best, ..] ? best.Code : "–")} {said.Text}");
    foreach (var (said, read) in accuracy.Wrong((said, read) => (said.Danger is null) == (read.Danger is null))) Print($"DANGER {said.Danger ?? "safe"}→{read.Danger?.ToString() ?? "safe"} {said.Text}");
    foreach (var (said, read) in accuracy.Wrong((said, read) => said.Place == read.Place)) Print($"PLACE {said.Place}→{read.Place} {said.Text}");
}

static void Row(string name, Accuracy part) =>
    Print($"| {name} | {part.Count} | {part.Intent:P1} | {part.Category:P1} | {part.DangerRecall:P1} | {part.DangerKind:P1} | {part.FalseAlarms:P1} | {part.Place:P1} | {part.FalsePlaces:P1} | {part.Time:P1} |");

static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
