using System.Globalization;
using System.Text;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>What the package of measurements holds.</summary>
internal static class MeasurementContents
{
    public const string Specs = "measurements.json";

    /// <summary>Measures and arranges.</summary>
    /// <param name="specs">The measurements, in the order shown.</param>
    /// <param name="input">What they are computed from; its definitions and observations are those of the package.</param>
    /// <param name="manifest">What the package says of itself.</param>
    /// <param name="tools">The program and its report.</param>
    public static PackageContents Of(IReadOnlyList<MeasurementSpec> specs, MeasurementInput input, PackageManifest manifest, PublicationTools tools)
    {
        var results = specs.Select(input.Measure).ToList();
        var definitions = input.Definitions;
        var isSynthetic = input.Vintages.Any(vintage => vintage.Synthetic);
        return new PackageContents(
            "",
            isSynthetic,
            [
                PackageInputs.ToTable(input.Observations),
                .. input.Earlier is { } earlier ? [PackageInputs.ToTable(earlier.Observations, MeasurementInputs.EarlierTable)] : (ResultTable[])[],
                .. results.SelectMany(result => MeasurementTables.Of(result, definitions)),
            ],
            [
                new(Specs, PackageJson.Write(specs)),
                new(PackageContents.Definitions, PackageJson.Write(Without(definitions, specs))),
                new(TableHeads.FileName, PackageJson.Write(results.ConvertAll(TableHeads.Of))),
                new(GivenResult.FileName, input.Given.Count == 0 ? null : PackageJson.Write(input.Given.Values.OrderBy(result => result.Spec.Id, StringComparer.Ordinal).Select(GivenResult.Of).ToList())),
                new(PackageContents.Readme, Readme(results, definitions, manifest, isSynthetic)),
                PackageContents.Mark(isSynthetic),
            ],
            tools.RenderMeasurements is { } render
                ? [.. PackageContents.Languages.Select(culture => new PackageReport(culture.TwoLetterISOLanguageName == "en" ? "measurements.en.html" : "measurements.html", () => render(results, definitions, culture)))]
                : [],
            input.Given.Count == 0 ? [] : [GivenResult.FileName, .. input.Given.Keys.Select(MeasurementTables.Folder)]);
    }

    /// <summary>The definitions of a package with the measurements that stand in a file of their own.</summary>
    public static DefinitionSet With(DefinitionSet definitions, IEnumerable<MeasurementSpec> specs) => definitions with
    {
        Measurements = PackageInputs.ById(definitions.Measurements.Values.Concat(specs).Select(spec => KeyValuePair.Create(spec.Id, spec))),
    };

    private static DefinitionSet Without(DefinitionSet definitions, IEnumerable<MeasurementSpec> specs)
    {
        var own = specs.Select(spec => spec.Id).ToHashSet(StringComparer.Ordinal);
        return definitions with { Measurements = PackageInputs.ById(definitions.Measurements.Where(entry => !own.Contains(entry.Key))) };
    }

    /// <summary>The words of the package: what it is, what is not in it and how to check it, in both languages.</summary>
    private static byte[] Readme(List<MeasurementResult> results, DefinitionSet definitions, PackageManifest manifest, bool isSynthetic)
    {
        var text = new StringBuilder();
        foreach (var culture in PackageContents.Languages)
        {
            text.Append(results.Count == 1 ? results[0].Spec.Title.In(culture) : PackageContents.Say(culture, nameof(Texts.PackageMeasurements))).Append("\n\n");
            if (isSynthetic)
            {
                text.Append(PackageContents.Say(culture, nameof(Texts.PackageSynthetic))).Append("\n\n");
            }

            foreach (var spec in results.Select(result => result.Spec))
            {
                text.Append(CultureInfo.InvariantCulture, $"{spec.Title.In(culture)} ({spec.Id})\n  {spec.Question.In(culture)}\n");
            }

            text.Append('\n');
            foreach (var line in Reservations(culture, manifest.Measured!, definitions))
            {
                text.Append(line).Append('\n');
            }

            text.Append(PackageContents.Say(culture, nameof(Texts.PackageMeasuredBy), manifest.Software, manifest.Created)).Append('\n').Append(PackageContents.Sources(culture, manifest.Vintages));
            if (manifest.Measured!.EarlierVintages.Count > 0)
            {
                text.Append(PackageContents.Say(culture, nameof(Texts.PackageEarlier))).Append('\n').Append(PackageContents.Sources(culture, manifest.Measured.EarlierVintages));
            }

            foreach (var table in definitions.Tables.Values.OrderBy(table => table.Id, StringComparer.Ordinal))
            {
                text.Append(PackageContents.Say(culture, nameof(Texts.PackageLicence), table.Id, table.Institution, table.Licence)).Append('\n');
            }

            text.Append('\n').Append(PackageContents.Say(culture, nameof(Texts.PackageMeasurementsReadme), manifest.HiddenUpTo, manifest.Suppressed)).Append("\n\n\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static IEnumerable<string> Reservations(CultureInfo culture, MeasuredContents measured, DefinitionSet definitions)
    {
        var names = definitions.Municipalities.ToDictionary(municipality => municipality.Code, municipality => municipality.Name, StringComparer.Ordinal);
        if (measured.Given.Count > 0)
        {
            yield return PackageContents.Say(culture, nameof(Texts.PackageGiven), string.Join(", ", measured.Given)) + "\n";
        }

        if (measured.LeftOut.Count > 0)
        {
            yield return PackageContents.Say(culture, nameof(Texts.PackageLeftOut), string.Join(", ", measured.LeftOut)) + "\n";
        }

        if (measured.HiddenIn.Count > 0)
        {
            yield return PackageContents.Say(culture, nameof(Texts.PackageHiddenIn), string.Join(", ", measured.HiddenIn.Select(area => names.GetValueOrDefault(area, area)))) + "\n";
        }
    }
}
