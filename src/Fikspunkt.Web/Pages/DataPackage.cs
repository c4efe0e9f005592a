using Fikspunkt.Benchmarks.Publications;

namespace Fikspunkt.Web.Pages;

/// <summary>A published package as pages show it.</summary>
internal sealed record PackageView(PublishedContent Package)
{
    /// <summary>The name that its zip has once it is downloaded.</summary>
    public string Name => Path.GetFileName(Package.Place);

    public string? Zip => DataFiles.ZipOf(Package) is null ? null : DataFiles.ZipAddress(Package);

    /// <summary>What anybody runs to have every number computed again.</summary>
    public string Command => $"./fikspunkt verify {Name}.zip";
}

/// <summary>Text from an address, short enough to say back.</summary>
internal static class Shortened
{
    public static string Of(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
