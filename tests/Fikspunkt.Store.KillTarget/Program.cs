using System.Globalization;
using Fikspunkt.Domain;
using Fikspunkt.Store;
using NodaTime;

// Imports vintages into the store named by the first argument until somebody kills it. Each finished one is told on
// standard output as "id rows hash"; the sizes and values follow from the seed, the second argument. Small imports go
// through DuckDB's log; one in twelve is so large that its blocks are written straight into the file.
var random = new Random(int.Parse(args[1], CultureInfo.InvariantCulture));
using var store = ObservationStore.Open(args[0]);
Console.WriteLine("open");
while (true)
{
    var months = random.Next(12) == 0 ? 650 : random.Next(1, 25);
    var shift = random.NextDouble();
    var vintage = store.Import(
        new VintageHeader("killed", "test", "test.csv", Instant.FromUnixTimeSeconds(0), "", Synthetic: true),
        writer =>
        {
            var line = 1;
            for (var month = 0; month < months; month++)
            {
                var period = Fikspunkt.Domain.Period.Month(1950, 1).Plus(month);
                for (var area = 0; area < 98; area++)
                {
                    var text = (101 + area).ToString(CultureInfo.InvariantCulture);
                    writer.Append(text, period, "first", "", shift * area, ObservationStatus.Ok, null, ++line);
                    writer.Append(text, period, "second", "benefit_group=su", null, ObservationStatus.Suppressed, "..", ++line);
                }
            }
        });
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{vintage.Id} {vintage.Rows} {vintage.ValueHash}"));
}
