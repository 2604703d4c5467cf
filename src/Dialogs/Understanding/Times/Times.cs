using System.Buffers;

namespace WuShe.Dialogs.Understanding;

/// <summary>
/// Reads when something is to be or since when it has been, from words as people say them in Sichuan and Chongqing:
/// 明天下午, 大后天上午十点半, 下下周一, 国庆后第一天, 三天了. Pure: the same words, now and calendar give the same reading.
/// </summary>
/// <remarks>
/// What could mean two things is settled so: a weekday or date without 这/下 is the coming one, and today only while its hour
/// lies ahead (without an hour: before noon); an hour without part of the day is the next between 8 and 20 o'clock; 晚上 and
/// 半夜 one to four o'clock belong to the night that began the evening before; 过两天 is vague, 两天后 is not; 前 ends where
/// the time begins, but 月底前 and 年底前 include it; 后第一天 follows the days off as announced.
/// </remarks>
public static class Times
{
    private const int MostPhrases = 24;
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(365.25 * 200);

    private static readonly SearchValues<char> Starts = SearchValues.Create(
        "0123456789零〇一二三四五六七八九十百两俩几数半今明后昨前大外万当说上中下这本周工星礼双早晨清凌晌正午傍擦黄晚夜黑深天白日打麻煞挨鸡三快每逢成整经时隔年月去来旧元春新阳过节放假劳端国除重腊冬圣妇儿教建农阴老最次第从自现目越尽马立赶一等待改近随哪什啥好都刚将才很长等再连头底");

    /// <summary>The time that the words name; null when they name none. Never throws, whatever the words are.</summary>
    public static TimeReading? Read(string text, DateTimeOffset now, IHolidays holidays, TimeBias bias = TimeBias.Future)
    {
        ArgumentNullException.ThrowIfNull(text);
        var local = now.ToOffset(Beijing).DateTime;
        if (local.Year is < 1950 or > 2080) return null;
        var minute = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0, DateTimeKind.Unspecified);
        var context = new TimeContext(minute, holidays, bias);
        var cursor = new Cursor(Level(text));
        TimeReading? best = null;
        var rank = int.MinValue;
        var last = 0;
        foreach (var phrase in Phrases(cursor, context))
        {
            var reading = Reading(phrase, context, now, text);
            var weight = Rank(phrase, reading, bias, cursor.Text);
            // 明天，不对，后天: the later word stands.
            if (best is not null && Mended(cursor.Text, last, phrase.Start)) (best, rank) = (null, int.MinValue);
            last = phrase.End;
            if (weight > rank) (best, rank) = (reading, weight);
        }
        return rank <= -100 ? null : best;
    }

    private static IEnumerable<TimePhrase> Phrases(Cursor cursor, TimeContext context)
    {
        for (var found = 0; !cursor.AtEnd && found < MostPhrases;)
        {
            var next = cursor.Text.AsSpan(cursor.At).IndexOfAny(Starts);
            if (next < 0) yield break;
            cursor.At += next;
            if (PhraseReader.TryRead(cursor, context) is { } phrase && phrase.End > phrase.Start)
            {
                found++;
                cursor.At = phrase.End;
                yield return phrase;
                cursor.At = phrase.End;
            }
            else cursor.At++;
        }
    }

    private static TimeReading Reading(TimePhrase phrase, TimeContext context, DateTimeOffset now, string text)
    {
        var words = text[phrase.Start..phrase.End].Trim(' ', ',', '，', '、');
        if (phrase.Told is { } told)
            return Made(told.From, told.To, told.Precision, told.Direction, words, now) with { Since = told.Since, Refusal = Against(told.Direction, context) };
        var bounds = Edged(PhraseTimes.Of(phrase, context), phrase, context);
        var direction = phrase.Every != TimeEvery.Never ? TimeDirection.Recurring
            : bounds.From == bounds.To ? bounds.From < context.Now ? TimeDirection.Past : TimeDirection.Future
            : context.Ahead ? bounds.To > context.Now ? TimeDirection.Future : TimeDirection.Past
            : bounds.From <= context.Now ? TimeDirection.Past : TimeDirection.Future;
        var since = phrase.Edge == Edge.Since && bounds.From <= context.Now && direction != TimeDirection.Recurring;
        if (since) (bounds, direction) = (bounds with { To = context.Now }, TimeDirection.Past);
        if (direction == TimeDirection.Past && bounds.To > context.Now) bounds = bounds with { To = context.Now };
        var refusal = bounds.Refusal != TimeRefusal.None ? bounds.Refusal : Against(direction, context);
        if ((bounds.From - context.Now).Duration() > Farthest) refusal = TimeRefusal.TooFar;
        return Made(bounds.From, bounds.To, bounds.Precision, direction, words, now) with
        {
            Since = since,
            Refusal = refusal,
            Every = EveryOf(phrase),
        };
    }

    /// <summary>每 says a day at least; 每周三 and 每月5号 say how far apart by what follows.</summary>
    private static TimeEvery EveryOf(TimePhrase phrase) => phrase.Every == TimeEvery.Day && phrase.Day is { } day
        ? day.Open ? TimeEvery.Week : TimeEvery.Year
        : phrase.Every;

    private static Bounds Edged(Bounds bounds, TimePhrase phrase, TimeContext context)
    {
        if (bounds.Refusal != TimeRefusal.None) return bounds;
        var ends = bounds.Precision is TimePrecision.Week or TimePrecision.Month && phrase.Day is { Open: false };
        return phrase.Edge switch
        {
            Edge.Before when context.Ahead => bounds with { From = context.Now, To = ends ? bounds.To : bounds.From },
            Edge.Before => bounds with { From = bounds.From.AddDays(-7), To = bounds.From, Precision = TimePrecision.Vague },
            Edge.Within when context.Ahead => bounds with { From = context.Now },
            Edge.After when phrase.Clock is not null => bounds with { To = Max(bounds.From.AddHours(1), bounds.From.Date.AddHours(20)), Precision = TimePrecision.Vague },
            Edge.After => bounds with { From = bounds.To, To = bounds.To.AddDays(7), Precision = TimePrecision.Vague },
            _ => bounds,
        };
    }

    private static DateTime Max(DateTime a, DateTime b) => a > b ? a : b;

    private static TimeRefusal Against(TimeDirection direction, TimeContext context) => (context.Ahead, direction) switch
    {
        (true, TimeDirection.Past) => TimeRefusal.AlreadyPast,
        (false, TimeDirection.Future) => TimeRefusal.NotYet,
        _ => TimeRefusal.None,
    };

    /// <summary>As UTC; what lies ahead begins no earlier than now.</summary>
    private static TimeReading Made(DateTime from, DateTime to, TimePrecision precision, TimeDirection direction, string words, DateTimeOffset now)
    {
        var (begin, end) = (new DateTimeOffset(from, Beijing).ToUniversalTime(), new DateTimeOffset(to, Beijing).ToUniversalTime());
        if (direction == TimeDirection.Future && begin < now) begin = now.ToUniversalTime();
        return new TimeReading(begin, end < begin ? begin : end, precision, direction, words);
    }

    /// <summary>Which of several times counts: days and hours before vague words, the fitting direction first, the earlier of two alike.</summary>
    private static int Rank(TimePhrase phrase, TimeReading reading, TimeBias bias, string text)
    {
        if (Denied(text, phrase)) return -100;
        var rank = phrase.Told is null && (phrase.Day is not null || phrase.Clock is not null) ? 4
            : phrase.Told is { Precision: not TimePrecision.Vague } || phrase.Day is not null ? 4
            : phrase.Part is not null || phrase.Every != TimeEvery.Never ? 3
            : phrase.Told is { } told && told.To - told.From > TimeSpan.FromHours(3) ? 2 : 1;
        if (phrase.Every == TimeEvery.Often && phrase.Day is null && !phrase.HasHour) rank = 1;
        if (reading.Refusal is TimeRefusal.AlreadyPast or TimeRefusal.NotYet) rank -= 10;
        // Since when matters more than when, where something is told.
        if (bias == TimeBias.Past && reading.Since && rank == 4) rank++;
        return rank;
    }

    /// <summary>不是周三, 周三不行: not this one.</summary>
    private static bool Denied(string text, TimePhrase phrase)
    {
        var before = new Cursor(text) { At = phrase.Start };
        if (before.ComesAfter("不是", "不要", "不在", "除了", "别")) return true;
        var after = new Cursor(text) { At = phrase.End };
        after.EatAny("我", "都", "他", "就");
        return after.SeesAny("不行", "不得行", "没空", "没得空", "没时间", "来不了", "去不了", "不方便", "不得空", "要上班", "除外", "有事");
    }

    private static bool Mended(string text, int from, int to) =>
        to > from && to - from <= 12 && text.AsSpan(from, to - from) is var between
        && (between.Contains("不对", StringComparison.Ordinal) || between.Contains("错了", StringComparison.Ordinal)
            || between.Contains("改到", StringComparison.Ordinal) || between.Contains("改成", StringComparison.Ordinal)
            || between.Contains("换到", StringComparison.Ordinal) || between.Contains("换成", StringComparison.Ordinal)
            || between.Contains("说错", StringComparison.Ordinal));

    /// <summary>Full-width letters, digits and brackets as plain ones; every character keeps its place.</summary>
    private static string Level(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = source[i] switch
            {
                >= '\uFF10' and <= '\uFF19' or '\uFF1A' or '\uFF08' or '\uFF09' or '\uFF0D' or '\uFF0F' => (char)(source[i] - 0xFEE0),
                '—' or '–' or '－' => '-',
                '\u3000' => ' ',
                '號' => '号',
                '點' => '点',
                '週' => '周',
                _ => source[i],
            };
    });
}
