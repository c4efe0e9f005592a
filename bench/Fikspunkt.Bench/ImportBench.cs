using System.Diagnostics;
using System.Globalization;
using Fikspunkt.Domain;
using Fikspunkt.Store;
using NodaTime;

namespace Fikspunkt.Bench;

/// <summary>Imports 10 million observations into a new store and reads one indicator back: one run, timed by the clock, as a user meets it.</summary>
internal static class ImportBench
{
    private const int Areas = 98;
    private const int Periods = 240;
    private const int Indicators = 36;
    private const int Groups = 12;

    public static void Run()
    {
        var folder = Directory.CreateTempSubdirectory("fikspunkt-bench-");
        try
        {
            var path = Path.Combine(folder.FullName, "store.duckdb");
            var watch = Stopwatch.StartNew();
            using (var store = ObservationStore.Open(path))
            {
                Say("open a new store", watch);
                var filled = TimeSpan.Zero;
                var start = watch.Elapsed;
                var vintage = store.Import(new VintageHeader("bench", "bench", "bench", Instant.FromUnixTimeSeconds(0), "", Synthetic: true), writer =>
                {
                    Fill(writer);
                    filled = watch.Elapsed - start;
                });
                var import = watch.Elapsed - start;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"import {vintage.Rows} rows: {import.TotalSeconds:F2} s, {vintage.Rows / import.TotalSeconds / 1e6:F2} million rows/s (of it appending: {filled.TotalSeconds:F2} s), hash {vintage.ValueHash[..12]}"));
                watch.Restart();
                var read = store.Read(vintage.Id, new ObservationFilter(Indicators: ["indicator_07"]));
                Say($"read {read.Count} rows of one indicator", watch);
                watch.Restart();
            }

            Say("close", watch);
            using var process = Process.GetCurrentProcess();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"processor time {process.TotalProcessorTime.TotalSeconds:F2} s, file {new FileInfo(path).Length >> 20} MB, peak memory {process.PeakWorkingSet64 >> 20} MB"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The rows in the order of a monthly extract: by period, area, indicator and group. Texts are shared, as the importer's are.</summary>
    private static void Fill(ObservationWriter writer)
    {
        var random = new Random(1);
        var areas = Enumerable.Range(101, Areas).Select(code => code.ToString(CultureInfo.InvariantCulture)).ToArray();
        var indicators = Enumerable.Range(0, Indicators).Select(number => string.Create(CultureInfo.InvariantCulture, $"indicator_{number:D2}")).ToArray();
        var groups = Enumerable.Range(0, Groups).Select(number => Breakdown.OfBenefitGroup(string.Create(CultureInfo.InvariantCulture, $"group-{number:D2}"))).ToArray();
        var line = 1;
        for (var month = 0; month < Periods; month++)
        {
            var period = Fikspunkt.Domain.Period.Month(2004, 1).Plus(month);
            foreach (var area in areas)
            {
                foreach (var indicator in indicators)
                {
                    foreach (var group in groups)
                    {
                        var draw = random.Next(1_000_000);
                        var suppressed = draw < 20_000;
                        writer.Append(area, period, indicator, group, suppressed ? null : draw / 100.0, suppressed ? ObservationStatus.Suppressed : ObservationStatus.Ok, suppressed ? ".." : null, ++line);
                    }
                }
            }
        }
    }

    private static void Say(string what, Stopwatch watch) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {watch.Elapsed.TotalSeconds:F2} s"));
}
