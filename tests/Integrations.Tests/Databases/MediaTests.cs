using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;
using WuShe.Dialogs;
using WuShe.Services.Common;
using WuShe.Services.Common.Media;
using WuShe.Services.Common.Messages;

namespace WuShe.Integrations.Tests.Databases;

public sealed class MediaTests
{
    private const string Source = "wechat:main:media1";
    private static readonly ConversationId Ann = new("wechat.main", "ann");

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_promised_picture_is_fetched_once_under_its_reference(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var instance = database.Instance();
        var media = instance.GetRequiredService<IInboundMedia>();
        var promised = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => media.Expect(Ann, Source, CancellationToken.None)));
        Assert.Equal(IInboundMedia.RefFor(Source), Assert.Single(promised.Distinct()));
        Assert.Equal(1, database.Wake.Medias);

        database.Media.Open = () => throw new HttpRequestException("busy");
        await Fetch(instance);
        database.Time.Advance(TimeSpan.FromMinutes(3));
        database.Media.Open = () => new MemoryStream(Png());
        await Fetch(instance);
        await Fetch(instance);

        Assert.Equal(2, database.Media.Opened);
        var files = instance.GetRequiredService<IFileStore>();
        await using var picture = await files.Open(promised[0].Id, CancellationToken.None);
        await using var thumbnail = await files.Open(promised[0].Id + "-t", CancellationToken.None);
        Assert.True(picture is { Length: > 0 } && thumbnail is { Length: > 0 });
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task An_unusable_one_is_said_to_the_person(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var instance = database.Instance();
        database.Media.Open = () => new MemoryStream([1, 2, 3]);
        await instance.GetRequiredService<IInboundMedia>().Expect(Ann, Source, CancellationToken.None);
        await Fetch(instance);
        await instance.GetRequiredService<DeliverOutbox>().Run(CancellationToken.None);

        Assert.Contains("不是照片", database.Channel.Told.Single().Text);
        await using var check = database.Context();
        Assert.Equal(AttachmentState.Failed, (await check.Set<Attachment>().SingleAsync()).State);
    }

    [Fact]
    public async Task Kept_pictures_have_ids_nobody_guesses()
    {
        await using var database = await TestDatabase.Create(Engine.Sqlite);
        var attachments = database.Instance().GetRequiredService<IAttachments>();
        var one = await attachments.Keep(Ann, "a.png", [1], [2], CancellationToken.None);
        var two = await attachments.Keep(Ann, "a.png", [1], [2], CancellationToken.None);
        Assert.NotEqual(one, two);
        Assert.Matches("^[0-9a-f]{32}$", one.Id);
    }

    private static Task Fetch(ServiceProvider instance) => instance.GetRequiredService<FetchInboundMedia>().Run(CancellationToken.None);

    private static byte[] Png()
    {
        using var bitmap = new SKBitmap(8, 8);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
