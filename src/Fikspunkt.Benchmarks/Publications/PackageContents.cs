using System.Globalization;
using System.Text;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>Where a package comes from; stands in its manifest and in its words.</summary>
/// <param name="Created">When, ISO 8601 UTC.</param>
/// <param name="Software">Name and version of the program that made it.</param>
/// <param name="HiddenUpTo">Largest count of persons that is hidden.</param>
internal sealed record PackageOrigin(string Created, string Software, int HiddenUpTo);

/// <summary>A file that is text.</summary>
/// <param name="Name">Path in the package.</param>
/// <param name="Bytes">What it holds; <see langword="null"/> = the package is not to have it.</param>
internal sealed record PackageDocument(string Name, byte[]? Bytes);

/// <summary>A report.</summary>
/// <param name="Name">Path in the package.</param>
/// <param name="Render">Makes it, which takes time.</param>
internal sealed record PackageReport(string Name, Func<string> Render);

/// <summary>What a package holds besides its manifest, as its inputs give it: the same when it is written and when it is checked.</summary>
/// <param name="Model">Id of the model; empty for measurements.</param>
/// <param name="Synthetic">Whether any data are made up.</param>
/// <param name="Tables">Inputs and results, written as CSV.</param>
/// <param name="Documents">Definitions and words.</param>
/// <param name="Reports">The reports; empty when the program has none.</param>
/// <param name="Given">Folders and files that are taken as they are, so that comparing them proves nothing; empty where everything follows from the inputs.</param>
internal sealed record PackageContents(
    string Model,
    bool Synthetic,
    IReadOnlyList<ResultTable> Tables,
    IReadOnlyList<PackageDocument> Documents,
    IReadOnlyList<PackageReport> Reports,
    IReadOnlyList<string> Given)
{
    public const string Definitions = "definitions.json";
    public const string Readme = "README.txt";
    public const string SyntheticMark = "SYNTHETIC-SYNTETISKE-DATA.txt";

    /// <summary>The languages of a package's words, the official one first.</summary>
    public static readonly IReadOnlyList<CultureInfo> Languages = [CultureInfo.GetCultureInfo("da-DK"), CultureInfo.GetCultureInfo("en-GB")];

    /// <summary>Whether a file is taken as it is.</summary>
    public bool IsGiven(string file) => Given.Any(given => file.StartsWith(given, StringComparison.Ordinal));

    /// <summary>The file whose name marks made-up data.</summary>
    public static PackageDocument Mark(bool isSynthetic) => new(
        SyntheticMark,
        isSynthetic ? Encoding.UTF8.GetBytes(string.Concat(Languages.Select(culture => Say(culture, nameof(Texts.PackageSynthetic)) + "\n"))) : null);

    /// <summary>One of the package's texts in a language.</summary>
    public static string Say(CultureInfo culture, string key, params object[] arguments) =>
        string.Format(culture, Texts.ResourceManager.GetString(key, culture)!, arguments).ReplaceLineEndings("\n");

    /// <summary>A line for each of the data.</summary>
    public static string Sources(CultureInfo culture, IEnumerable<VintageReference> vintages) => string.Concat(vintages.Select(vintage =>
        Say(culture, nameof(Texts.PackageVintage), vintage.Table, vintage.Source, vintage.Retrieved, vintage.ValueHash) + "\n"));
}
