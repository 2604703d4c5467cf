namespace WuShe.Services.Cases;

/// <summary>What the codes in <see cref="NewCase.Category"/> are called; answered by the service that has the catalogue.</summary>
public interface ICaseCategories
{
    /// <summary>The Chinese name; for an unknown code the code itself, for an empty one 「其他事项」.</summary>
    string NameOf(string code);
}
