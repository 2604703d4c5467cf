using System.ComponentModel.DataAnnotations;

namespace WuShe.Integrations.LanguageModel;

/// <summary>Settings under <c>LanguageModel</c>. Without <see cref="Endpoint"/> no model is asked.</summary>
public sealed record LanguageModelOptions : IValidatableObject
{
    /// <summary>Base address of an OpenAI-compatible service, such as <c>http://localhost:11434/v1</c>.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Its key; may be empty for services that ask for none.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>The model's name there.</summary>
    public string Model { get; init; } = "";

    /// <summary>The most questions in one day (Beijing time), over all instances.</summary>
    [Range(0, 1_000_000, ErrorMessage = "LanguageModel:CallsPerDay must be from 0 to 1000000.")]
    public int CallsPerDay { get; init; } = 500;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint.Length == 0) yield break;
        if (!Uri.TryCreate(Endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            yield return new ValidationResult("LanguageModel:Endpoint must be an absolute address such as http://localhost:11434/v1.");
        if (Model.Length == 0) yield return new ValidationResult("LanguageModel:Model is missing.");
    }
}
