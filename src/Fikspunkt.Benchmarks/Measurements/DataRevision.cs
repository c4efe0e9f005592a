using System.Globalization;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using NodaTime.Text;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>What there was before the source revised its figures, and what is said of it.</summary>
/// <param name="Run">The old benefits in the old period on the earlier figures; <see langword="null"/> when there are none that it can be computed from.</param>
/// <param name="Vintages">The earlier figures; empty when they are not used.</param>
/// <param name="Source">Which they are; <see langword="null"/> when there are none.</param>
/// <param name="Period">The old period.</param>
internal sealed record DataRevision(BenchmarkRun? Run, IReadOnlyList<VintageReference> Vintages, LocalizedText? Source, Period Period)
{
    public static DataRevision Of(MeasurementInput input, ModelSpec model, Period period)
    {
        if (input.Earlier is not { } earlier)
        {
            return new DataRevision(null, [], null, period);
        }

        var vintages = earlier.Of(model.Tables).Where(vintage => !input.Vintages.Contains(vintage)).ToList();
        var source = Bilingual.Join(", ", vintages.ConvertAll(Named));
        try
        {
            return new DataRevision(earlier.Run(model), vintages, source, period);
        }
        catch (InputException)
        {
            // The figures of now have been computed, so it is the earlier ones that lack something; that is no fault of what is measured.
            return new DataRevision(null, [], source, period);
        }
    }

    /// <summary>What the part "revised data" rests on.</summary>
    /// <param name="missing">Municipalities of the new release that the old one cannot be computed for.</param>
    public Statement Said(int missing) => new(null, "change", (Source, Run) switch
    {
        (null, _) => new(
            "Der er kun ét udtræk af tallene, så intet kan ses at være revideret, og delen »Reviderede data« er 0.",
            "There is only one vintage of the figures, so nothing can be seen to have been revised, and the part \"Revised data\" is 0."),
        ({ } source, null) => new(
            $"Et tidligere udtræk ({source.Da}) har ikke de tal, som målingen kræver for {Bilingual.Of(Period).Da}; delen »Reviderede data« er derfor 0.",
            $"An earlier vintage ({source.En}) does not have the figures that the measurement needs for {Bilingual.Of(Period).En}; the part \"Revised data\" is therefore 0."),
        ({ } source, _) when missing > 0 => new(
            $"»Reviderede data« er forskellen til et tidligere udtræk ({source.Da}). {missing.ToString(CultureInfo.InvariantCulture)} {(missing == 1 ? "kommune" : "kommuner")} mangler i en af udgivelserne og er udeladt.",
            $"\"Revised data\" is the difference from an earlier vintage ({source.En}). {missing.ToString(CultureInfo.InvariantCulture)} {(missing == 1 ? "municipality is" : "municipalities are")} missing in one of the releases and left out."),
        ({ } source, _) => new($"»Reviderede data« er forskellen til et tidligere udtræk ({source.Da}).", $"\"Revised data\" is the difference from an earlier vintage ({source.En})."),
    });

    private static LocalizedText Named(VintageReference vintage)
    {
        var day = InstantPattern.ExtendedIso.Parse(vintage.Retrieved).Value.InUtc().Date;
        return new(
            $"{vintage.Id}, hentet {day.ToString("d. MMMM yyyy", CultureInfo.GetCultureInfo("da-DK"))}",
            $"{vintage.Id}, retrieved {day.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"))}");
    }
}
