using Microsoft.Extensions.DependencyInjection;
using WuShe.Services.Common;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Services.Tests.Fakes;

/// <summary>A staff chat in memory that reaches every unit.</summary>
public sealed class FakeStaffChat : IStaffChat
{
    /// <summary>What was done, in order: post or update, and the card.</summary>
    public List<(string What, StaffCard Card)> Cards { get; } = [];

    public DeliveryOutcome Outcome { get; set; } = DeliveryOutcome.Delivered("fake");

    public bool ReachesAnybody { get; set; } = true;

    public string Name { get; init; } = "fake";

    public ValueTask<bool> Reaches(Guid unitId, CancellationToken ct) => ValueTask.FromResult(ReachesAnybody);

    public Task<DeliveryOutcome> Post(StaffCard card, CancellationToken ct) => Note("post", card);

    public Task<DeliveryOutcome> Update(StaffCard card, CancellationToken ct) => Note("update", card);

    public Task<DeliveryOutcome> Say(Guid unitId, string key, StaffPost post, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<StaffMember>> Members(Guid unitId, CancellationToken ct) => throw new NotSupportedException();

    public Task PostWaiting(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Registers it as the staff chat there is.</summary>
    public void Join(IServiceCollection services) => services.AddSingleton<IStaffChat>(this);

    private Task<DeliveryOutcome> Note(string what, StaffCard card)
    {
        Cards.Add((what, card));
        return Task.FromResult(Outcome);
    }
}
