using Microsoft.Extensions.DependencyInjection;
using WuShe.Dialogs.Engine;

namespace WuShe.Services.Common;

/// <summary>The manifest of a community service: everything the rest of the product learns about it.</summary>
public interface ICommunityService
{
    void Describe(ServiceDescription service);
}

/// <summary>Collects what a manifest says. The host turns it into registrations, schedules and menu entries.</summary>
public sealed class ServiceDescription
{
    public string Name { get; private set; } = "";
    public string Title { get; private set; } = "";
    public List<DialogDescription> Dialogs { get; } = [];
    public List<JobDescription> Jobs { get; } = [];
    public List<NoticeDescription> Notices { get; } = [];
    public List<Type> UseCases { get; } = [];
    public List<InterfaceDescription> Interfaces { get; } = [];
    public List<SettingsDescription> SettingsSections { get; } = [];
    public List<ConsolePage> ConsolePages { get; } = [];

    /// <summary>The service's code (kebab-case) and its Chinese title.</summary>
    public ServiceDescription Named(string name, string title)
    {
        (Name, Title) = (name, title);
        return this;
    }

    /// <summary>
    /// A dialog, opened by these whole phrases, by words that mean one of the <paramref name="intents"/>, and by its
    /// <paramref name="opener"/> on other words; codes of these kinds of <paramref name="scenes"/> open it, too. One dialog <paramref name="handsOver"/> to staff,
    /// one <paramref name="alarms"/> them.
    /// </summary>
    public ServiceDescription Dialog<T>(
        string name, string title, int version, string[] opensOn, Type? opener = null, bool onMenu = false, bool reminds = false, bool takesPictures = false,
        string[]? intents = null, bool handsOver = false, bool alarms = false, string[]? scenes = null)
        where T : class, IDialog
    {
        Dialogs.Add(new DialogDescription(name, title, version, typeof(T), opensOn, opener, onMenu, reminds, takesPictures, intents ?? [])
        {
            HandsOver = handsOver,
            Alarms = alarms,
            Scenes = scenes ?? [],
        });
        return this;
    }

    /// <summary>A job run on a schedule (cron, Beijing time).</summary>
    public ServiceDescription Job<T>(string cron) where T : class, IJob
    {
        Jobs.Add(new JobDescription(typeof(T), cron));
        return this;
    }

    /// <summary>A kind of notice that it sends, with every field it has and a typical value of each.</summary>
    public ServiceDescription Notice(string kind, string title, params (string Field, string Sample)[] fields)
    {
        Notices.Add(new NoticeDescription(kind, title, fields.ToDictionary(one => one.Field, one => one.Sample, StringComparer.Ordinal)));
        return this;
    }

    /// <summary>Classes the container makes one of each (use cases, openers, catalogues), registered as themselves.</summary>
    public ServiceDescription Owns<T>() where T : class
    {
        UseCases.Add(typeof(T));
        return this;
    }

    /// <summary>The one interface by which other services use this one, and the class that answers it.</summary>
    public ServiceDescription Offers<TInterface, T>() where TInterface : class where T : class, TInterface
    {
        Interfaces.Add(new InterfaceDescription(typeof(TInterface), typeof(T)));
        return this;
    }

    /// <summary>Settings read from a section of the configuration, checked by their annotations at start.</summary>
    public ServiceDescription Settings<T>(string section) where T : class
    {
        SettingsSections.Add(new SettingsDescription(section, services =>
            services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart()));
        return this;
    }

    /// <summary>An entry of the staff console's menu.</summary>
    public ServiceDescription ConsolePage(string path, string title, string icon)
    {
        ConsolePages.Add(new ConsolePage(path, title, icon));
        return this;
    }
}

public sealed record DialogDescription(string Name, string Title, int Version, Type Type, string[] OpensOn, Type? Opener, bool OnMenu, bool Reminds, bool TakesPictures, string[] Intents)
{
    /// <summary>Whether it is the one that brings a person to staff.</summary>
    public bool HandsOver { get; init; }

    /// <summary>Whether it is the one that words of danger open.</summary>
    public bool Alarms { get; init; }

    /// <summary>Kinds of scanned codes (<see cref="Scene"/>) that open it.</summary>
    public string[] Scenes { get; init; } = [];
}

public sealed record InterfaceDescription(Type Interface, Type Type);

/// <summary>A section of settings and how its type is registered.</summary>
public sealed record SettingsDescription(string Section, Action<IServiceCollection> Register);

public sealed record JobDescription(Type Type, string Cron);

public sealed record ConsolePage(string Path, string Title, string Icon);

/// <summary>Work done on a schedule. Idempotent: may run twice, on two instances, or be lost and come next time.</summary>
public interface IJob
{
    Task Run(CancellationToken ct);
}
