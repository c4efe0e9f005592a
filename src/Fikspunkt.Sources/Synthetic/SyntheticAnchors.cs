using CsvHelper;

namespace Fikspunkt.Sources.Synthetic;

/// <summary>A municipality's stylised anchors, from <c>definitions/synthetic/municipalities.csv</c>.</summary>
/// <param name="Code">Municipality code.</param>
/// <param name="Population">Persons aged 16-66, rounded to hundreds.</param>
/// <param name="Setting">Kind of place, which decides the level of the framework conditions.</param>
/// <param name="Affluence">How well off for its setting, about -2 to 2.</param>
/// <param name="Diversity">Share of other origin for its setting, about -1.5 to 2.5.</param>
internal sealed record SyntheticAnchors(string Code, int Population, string Setting, double Affluence, double Diversity)
{
    private const string Resource = "synthetic-municipalities.csv";

    /// <summary>All rows by code. The file is part of the program, so a fault in it is a defect and not bad input.</summary>
    public static IReadOnlyDictionary<string, SyntheticAnchors> Load()
    {
        using var csv = CsvReader.Create(typeof(SyntheticAnchors).Assembly.GetManifestResourceStream(Resource)!, new CsvReaderOptions { Separator = ',' });
        var anchors = new Dictionary<string, SyntheticAnchors>(StringComparer.Ordinal);
        while (csv.Read())
        {
            var row = new SyntheticAnchors(
                csv.GetString("code"),
                csv.Parse<int>("population_16_66"),
                csv.GetString("setting"),
                csv.Parse<double>("affluence"),
                csv.Parse<double>("diversity"));
            anchors.Add(row.Code, row);
        }

        return anchors;
    }
}
