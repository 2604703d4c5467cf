using WuShe.Dialogs.Engine;
using WuShe.Services.Common.Data;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.Common;

public sealed class TidyRecordTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task What_a_draft_did_is_done_once_as_long_as_its_state_lives()
    {
        await using var world = await CaseWorld.Begin();
        var opened = await world.Open(world.East.Id, key: "run:submit");

        world.Time.Advance(SavedState.KeptFor + TimeSpan.FromHours(1));
        await world.Get<TidyRecord>().Run(None);
        Assert.Equal(opened.Number, (await world.Open(world.East.Id, key: "run:submit")).Number);
        Assert.Single(await world.Cases.OpenOf(CaseWorld.Resident(), None));

        world.Time.Advance(SavedState.KeptFor);
        await world.Get<TidyRecord>().Run(None);
        Assert.NotEqual(opened.Number, (await world.Open(world.East.Id, key: "run:submit")).Number);
    }

    [Fact]
    public void State_outlives_the_draft_in_it() => Assert.True(SavedState.KeptFor > new ConversationOptions().ExpireAfter);
}
