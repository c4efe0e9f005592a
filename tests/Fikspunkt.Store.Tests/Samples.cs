using Fikspunkt.Domain;
using NodaTime;

namespace Fikspunkt.Store.Tests;

internal static class Samples
{
    public static readonly VintageHeader Header = new("y30r21", "Jobindsats", "udtræk.csv", Instant.FromUtc(2026, 11, 20, 12, 0, 1), "ab12", Synthetic: false);

    public static readonly IReadOnlyList<Observation> Few =
    [
        new("101", Domain.Period.Parse("2020"), "population", "", 623404, ObservationStatus.Ok),
        new("147", Domain.Period.Parse("2020"), "population", "", 104305, ObservationStatus.Provisional),
        new("825", Domain.Period.Parse("2020"), "population", "", null, ObservationStatus.Missing, ".."),
        new("825", Domain.Period.Parse("2022QMAT04"), "full_time_persons", "benefit_group=su", null, ObservationStatus.Suppressed, "*"),
        new("825", Domain.Period.Parse("2023M12"), "full_time_persons", "benefit_group=su", 0, ObservationStatus.Zero),
        new("825", Domain.Period.Parse("2023Q4"), "full_time_persons", "benefit_group=su", 0.1, ObservationStatus.Break, "0,1"),
    ];

    public static Vintage Import(this ObservationStore store, IEnumerable<Observation> observations, VintageHeader? header = null) =>
        store.Import(header ?? Header, writer => Append(writer, observations), TestContext.Current.CancellationToken);

    public static void Append(ObservationWriter writer, IEnumerable<Observation> observations)
    {
        var line = 1;
        foreach (var o in observations)
        {
            writer.Append(o.Area, o.Period, o.Indicator, o.Breakdown, o.Value, o.Status, o.Raw, ++line);
        }
    }

    public static IReadOnlyList<Observation> Ordered(this IEnumerable<Observation> observations) =>
        [.. observations.OrderBy(o => o.Indicator, StringComparer.Ordinal).ThenBy(o => o.Breakdown, StringComparer.Ordinal).ThenBy(o => o.Area, StringComparer.Ordinal).ThenBy(o => o.Period)];

    /// <summary>Random rows with distinct keys, some of them with statuses and raw texts.</summary>
    public static List<Observation> Random(Random random, int count)
    {
        string[] indicators = ["population", "full_time_persons", "unemployment_pct", "æ-ø_å", "Z"];
        string[] breakdowns = ["", "benefit_group=su", "benefit_group=a-dagpenge", "age=16-66;sex=k"];
        var rows = new Dictionary<(string, Domain.Period, string, string), Observation>();
        while (rows.Count < count)
        {
            var status = (ObservationStatus)random.Next(6);
            var area = random.Next(101, 861).ToString(System.Globalization.CultureInfo.InvariantCulture);
            var period = random.Next(3) switch
            {
                0 => Domain.Period.Month(random.Next(2004, 2026), random.Next(1, 13)),
                1 => Domain.Period.Of(PeriodKind.RollingYear, random.Next(2004, 2026), random.Next(1, 5)),
                _ => Domain.Period.OfYear(random.Next(2004, 2026)),
            };
            var (indicator, breakdown) = (indicators[random.Next(indicators.Length)], breakdowns[random.Next(breakdowns.Length)]);
            double? value = status switch
            {
                ObservationStatus.Missing or ObservationStatus.Suppressed => null,
                ObservationStatus.Zero => 0,
                _ => Math.Round(Math.Exp(random.NextDouble() * 20) - 1000, random.Next(0, 9)),
            };
            rows[(area, period, indicator, breakdown)] = new Observation(area, period, indicator, breakdown, value, status, random.Next(4) == 0 ? "rå " + random.Next(9) : null);
        }

        return [.. rows.Values];
    }
}
