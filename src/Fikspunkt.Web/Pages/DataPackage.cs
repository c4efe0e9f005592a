using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Web.Api;

namespace Fikspunkt.Web.Pages;

/// <summary>A published package as pages show it.</summary>
internal sealed record PackageView(ReadPackage Package)
{
    /// <summary>The name that its zip has once it is downloaded.</summary>
    public string Name => $"{Package.Ids[0]}-{Package.PackageId[..8]}";

    /// <summary>The package as one file; <see langword="null"/> where only its folder is kept.</summary>
    public string? Zip => PublicationQuestions.Zip(Package) is null ? null : $"{ApiEndpoints.Root}/publications/{Package.PackageId}/package.zip";

    /// <summary>What anybody runs to have every number computed again.</summary>
    public string Command => $"./fikspunkt verify {Name}.zip";
}

/// <summary>Text from an address, short enough to say back.</summary>
internal static class Shortened
{
    public static string Of(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
