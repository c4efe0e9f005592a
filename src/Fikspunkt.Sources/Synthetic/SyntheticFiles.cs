using System.Globalization;
using System.Text;
using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Synthetic;

/// <summary>Writes the synthetic Denmark as files: what a source would publish, and the truth.</summary>
public static class SyntheticFiles
{
    /// <summary>Name of the file with the published cells. It names the table <c>synthetic-denmark</c>, which the import marks as synthetic.</summary>
    public const string DataFile = "synthetic-denmark.csv";

    /// <summary>Name of the file with the truth.</summary>
    public const string TruthFile = "truth.csv";

    /// <summary>Name of the file with persons' spells from residence on (<see cref="ResidenceSpellFile"/>).</summary>
    public const string SpellsFile = "integration-spells.csv";

    /// <summary>Name of the file with the true effects behind the spells.</summary>
    public const string SpellsTruthFile = "integration-truth.csv";

    private const int RollingYear = 12;

    // Every line of the truth says what it is, because parts of files get copied.
    private const string Mark = "synthetic";

    /// <summary>
    /// Writes the files into a folder, which is made when it is not there. UTF-8 without BOM, comma, decimal point, lines end in LF.
    /// <c>synthetic-denmark.csv</c>: area, period, indicator, benefit_group (empty for none), value (empty when hidden or missing), status.
    /// <c>truth.csv</c>: per rolling year ending in June or December and per benefit group (empty = the sum over all), in per cent of the
    /// population aged 16-66: expected, true, difference (true - expected), standard deviation of the actual figure by chance.
    /// <c>integration-spells.csv</c>: persons who do not exist, from residence on; <c>integration-truth.csv</c>: per municipality the true effect on
    /// the log hazard of getting work or education.
    /// </summary>
    public static void Write(SyntheticPanel panel, string folder)
    {
        Directory.CreateDirectory(folder);
        using (var data = Open(folder, DataFile))
        {
            WriteData(panel.Observations, data);
        }

        using (var truth = Open(folder, TruthFile))
        {
            WriteTruth(panel.Draw, truth);
        }

        var integration = SyntheticIntegration.Generate(panel.Draw.Structure);
        ResidenceSpellFile.Write(integration.Spells, Path.Combine(folder, SpellsFile));
        using var effects = Open(folder, SpellsTruthFile);
        effects.Write("data,area,true_effect_log_hazard\n");
        foreach (var (area, effect) in integration.TrueEffects)
        {
            effects.Write(string.Create(CultureInfo.InvariantCulture, $"{Mark},{area},{effect:0.000000}\n"));
        }
    }

    internal static void WriteData(IReadOnlyList<Observation> observations, TextWriter writer)
    {
        var prefix = Breakdown.OfBenefitGroup("");
        writer.Write("area,period,indicator,benefit_group,value,status\n");
        foreach (var cell in observations)
        {
            var group = cell.Breakdown.StartsWith(prefix, StringComparison.Ordinal) ? cell.Breakdown.AsSpan(prefix.Length) : [];
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{cell.Area},{cell.Period},{cell.Indicator},{group},{cell.Value},{Name(cell.Status)}\n"));
        }
    }

    internal static void WriteTruth(SyntheticDraw draw, TextWriter writer)
    {
        var structure = draw.Structure;
        writer.Write("data,area,period,benefit_group,practice,expected_share_pct,true_share_pct,true_difference_pp,chance_sd_pp\n");
        for (var area = 0; area < structure.Municipalities.Count; area++)
        {
            for (var end = RollingYear; end <= structure.Options.Months; end += 6)
            {
                var period = Period.Of(PeriodKind.RollingYear, SyntheticOptions.FirstYear + ((end - 1) / 12), end % 12 == 0 ? 4 : 2);
                for (var group = 0; group <= SyntheticGroup.All.Count; group++)
                {
                    int? which = group < SyntheticGroup.All.Count ? group : null;
                    var (first, id) = (end - RollingYear, which is null ? "" : SyntheticGroup.All[group].Id);
                    writer.Write(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Mark},{structure.Municipalities[area].Code},{period},{id},{Name(draw.Practice(area))},{PerCent(draw.ExpectedShare(which, area, first, RollingYear))},{PerCent(draw.TrueShare(which, area, first, RollingYear))},{PerCent(draw.TrueDifference(which, area, first, RollingYear))},{PerCent(Math.Sqrt(draw.ChanceVariance(which, area, first, RollingYear)))}\n"));
                }
            }
        }
    }

    private static StreamWriter Open(string folder, string name) =>
        new(Path.Combine(folder, name), append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    /// <summary>Six decimals: far beyond the size of any effect, and short of the last bits in which mathematics libraries differ.</summary>
    private static string PerCent(double share) => (100 * share).ToString("0.000000", CultureInfo.InvariantCulture);

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
