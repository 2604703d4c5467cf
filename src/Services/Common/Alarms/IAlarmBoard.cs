namespace WuShe.Services.Common.Alarms;

/// <summary>Something that the people who run the service must look after.</summary>
/// <param name="Key">Names the trouble: raised again, it is the same alarm.</param>
/// <param name="Words">In Chinese, for admins; nothing personal.</param>
/// <param name="Since">UTC.</param>
public sealed record Alarm(string Key, string Words, DateTimeOffset Since);

/// <summary>
/// What is wrong at the moment, shared by all instances. Nothing depends on it: what is lost with its storage is raised
/// again by whatever goes wrong next.
/// </summary>
public interface IAlarmBoard
{
    /// <summary>Shown until that time (UTC), until cleared, or until an admin has dealt with it.</summary>
    Task Raise(string key, string words, DateTimeOffset until);

    Task Clear(string key);

    /// <summary>The oldest first.</summary>
    Task<IReadOnlyList<Alarm>> Current();
}

/// <summary>Whoever raises alarms and wants to know that somebody has looked after one.</summary>
public interface IAlarmSource
{
    /// <summary>Called for every alarm that was dealt with, whoever raised it.</summary>
    Task Dealt(string alarm);
}
