using WuShe.Services.Common;

namespace WuShe.Services.Tests.Fakes;

/// <summary>Our pages, as if the service ran at an address of its own.</summary>
public sealed class FakePublicUrl : IPublicUrl
{
    public Uri Of(string path) => new("https://shequ.example" + path);
}
