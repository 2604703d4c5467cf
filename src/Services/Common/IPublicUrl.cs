namespace WuShe.Services.Common;

/// <summary>Addresses of our own pages as people outside reach them.</summary>
public interface IPublicUrl
{
    /// <summary>The absolute address of a page; <paramref name="path"/> begins with a slash.</summary>
    Uri Of(string path);
}
