using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Questions;

public static class WhenQuestion
{
    /// <summary>
    /// A time in words, shown back as it was understood. <paramref name="now"/> is the chat's; <paramref name="bias"/> says
    /// whether it is to come (a booking) or has been (since when). <paramref name="finest"/> is what is exact enough: with
    /// <see cref="TimePrecision.Day"/>, 下周 is asked again.
    /// </summary>
    public static Question<TimeAnswer> Of(
        string prompt, DateTimeOffset now, IHolidays holidays, TimeBias bias = TimeBias.Future, TimePrecision finest = TimePrecision.Vague) =>
        new TimeQuestion(prompt, now, holidays, bias, finest).Named("时间");
}

internal sealed class TimeQuestion(string prompt, DateTimeOffset now, IHolidays holidays, TimeBias bias, TimePrecision finest) : Question<TimeAnswer>(prompt)
{
    protected internal override string Hint => bias == TimeBias.Future
        ? "请说哪天几点，比如「明天下午3点」「下周三上午」。"
        : "请说什么时候开始的，比如「昨天晚上」「三天了」。";

    protected internal override Reading<TimeAnswer> Read(Input input) => Understand(input.Text, aloud: true);

    protected internal override Reading<TimeAnswer> Find(string words) => Understand(words, aloud: false);

    private Reading<TimeAnswer> Understand(string text, bool aloud)
    {
        if (Times.Read(text, now, holidays, bias) is not { } reading) return default;
        if (reading.Refusal != TimeRefusal.None) return Refused(TimeSentences.Why(reading));
        // A recurring time is no appointment; as an answer to since when it says how often.
        if (reading.Direction == TimeDirection.Recurring && bias == TimeBias.Future) return Refused("请说一个具体的日子。");
        if (reading.Precision > finest) return Refused("请说得具体一点，是哪一天？");
        var answer = TimeAnswer.Of(reading);
        return Reading.Of<TimeAnswer>(answer, aloud ? $"好的，{answer.Shown(now)}。" : null);
    }

    private static Reading<TimeAnswer> Refused(string why) => new(false, default!, why);
}
