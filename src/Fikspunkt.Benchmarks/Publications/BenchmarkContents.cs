using System.Text;
using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>What the package of a benchmark's run holds.</summary>
internal static class BenchmarkContents
{
    public const string Spec = "spec.json";

    public static PackageContents Of(BenchmarkRun run, DefinitionSet definitions, IReadOnlyList<Observation> inputs, PackageOrigin origin, PublicationTools tools) => new(
        run.Spec.Id,
        run.Synthetic,
        [PackageInputs.ToTable(inputs), .. ResultTables.Of(run, definitions)],
        [
            new(Spec, PackageJson.Write(run.Spec)),
            new(PackageContents.Definitions, PackageJson.Write(definitions)),
            new(PackageContents.Readme, Readme(run, origin)),
            PackageContents.Mark(run.Synthetic),
        ],
        tools.RenderReport is { } render
            ? [.. PackageContents.Languages.Select(culture => new PackageReport(culture.TwoLetterISOLanguageName == "en" ? "report.en.html" : "report.html", () => render(run, definitions, culture)))]
            : [],
        []);

    /// <summary>The words of the package: what it is and how to check it, in both languages.</summary>
    private static byte[] Readme(BenchmarkRun run, PackageOrigin origin)
    {
        var text = new StringBuilder();
        foreach (var culture in PackageContents.Languages)
        {
            text.Append(run.Spec.Title.In(culture)).Append("\n\n");
            if (run.Synthetic)
            {
                text.Append(PackageContents.Say(culture, nameof(Texts.PackageSynthetic))).Append("\n\n");
            }

            text.Append(run.Spec.Question.In(culture)).Append('\n').Append(run.Spec.CannotTell.In(culture)).Append("\n\n")
                .Append(PackageContents.Say(culture, nameof(Texts.PackageMadeBy), run.Spec.Id, origin.Software, origin.Created)).Append('\n')
                .Append(PackageContents.Sources(culture, run.Vintages))
                .Append('\n').Append(PackageContents.Say(culture, nameof(Texts.PackageReadme), origin.HiddenUpTo)).Append("\n\n\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
