using System.Diagnostics;
using System.Globalization;
using System.Text;
using Fikspunkt.Definitions;
using Fikspunkt.Sources;
using Fikspunkt.Store;
using NodaTime;

namespace Fikspunkt.Bench;

/// <summary>Imports a tidy CSV file of 10 million rows into a new store, as <c>fikspunkt import csv</c> does: one run, timed by the clock.</summary>
internal static class CsvImportBench
{
    private const int Rows = 10_000_000;
    private const int Months = 240;
    private const int Groups = 15;

    public static void Run()
    {
        var folder = Directory.CreateTempSubdirectory("fikspunkt-bench-");
        try
        {
            var definitions = DefinitionLoader.Load(DefinitionLoader.FindFolder());
            var csv = Path.Combine(folder.FullName, "tidy.csv");
            Write(csv, [.. definitions.Municipalities.Select(m => m.Code)], [.. definitions.BenefitGroups.Select(group => group.Id).Take(Groups)], [.. definitions.Indicators.Keys]);
            var size = new FileInfo(csv).Length;
            using var process = Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            var watch = Stopwatch.StartNew();
            using (var store = ObservationStore.Open(Path.Combine(folder.FullName, "store.duckdb")))
            {
                var vintage = TableImporter.Import(store, definitions, new ImportRequest([csv], "synthetic-denmark", Instant.FromUnixTimeSeconds(0), Synthetic: true));
                var seconds = watch.Elapsed.TotalSeconds;
                process.Refresh();
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"import {vintage.Rows} rows, {size >> 20} MB of CSV: {seconds:F2} s, {vintage.Rows / seconds / 1e6:F2} million rows/s; processor time {(process.TotalProcessorTime - before).TotalSeconds:F2} s, peak memory {process.PeakWorkingSet64 >> 20} MB, hash {vintage.ValueHash[..12]}"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Write(string path, string[] areas, string[] groups, string[] indicators)
    {
        var random = new Random(1);
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        writer.Write("area,period,indicator,benefit_group,value,status\n");
        var row = new StringBuilder();
        for (var i = 0; i < Rows; i++)
        {
            var (cell, area) = Math.DivRem(i, areas.Length);
            (cell, var month) = Math.DivRem(cell, Months);
            var (indicator, group) = Math.DivRem(cell, groups.Length);
            var draw = random.Next(1_000_000);
            var isHidden = draw < 20_000;
            row.Clear().Append(areas[area]).Append(',').Append(CultureInfo.InvariantCulture, $"{2004 + (month / 12)}M{(month % 12) + 1:D2},{indicators[indicator]},{groups[group]},");
            if (isHidden)
            {
                row.Append(",suppressed\n");
            }
            else
            {
                row.Append(CultureInfo.InvariantCulture, $"{draw / 100.0},ok\n");
            }

            writer.Write(row);
        }
    }
}
