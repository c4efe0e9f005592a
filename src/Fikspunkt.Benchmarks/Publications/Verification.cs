using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>Checks a package from what is inside it: that nothing was changed, and that its inputs give its numbers.</summary>
public static class Verification
{
    /// <summary>Verifies a package.</summary>
    /// <remarks>
    /// Checked are: names, the list of files, every size and SHA-256, the manifest's own id, the fingerprint of the inputs, that no
    /// small count is in them; then the run is computed again and compared with every cell of every table (bit for bit, or within
    /// 1e-9 relatively, with the largest difference reported). Parquet files are looked into when <paramref name="tools"/> can, and
    /// texts and reports are made again by the same version of the program; else they are checked by their hash only, which
    /// <see cref="VerificationResult.Files"/> says.
    /// A package that was changed in all its parts consistently is another package: its id is another.
    /// </remarks>
    /// <param name="path">The package: a folder or a zip.</param>
    /// <param name="tools">The program, its report and Parquet.</param>
    /// <exception cref="InputException">There is no package, the zip cannot be read, or it is too large.</exception>
    public static VerificationResult Verify(string path, PublicationTools? tools = null)
    {
        var reader = PackageReader.Read(path);
        var check = new PackageCheck(reader, tools ?? new PublicationTools(""));
        return check.Run(path);
    }

    private sealed class PackageCheck(PackageReader reader, PublicationTools tools)
    {
        private readonly List<PackageDifference> differences = [.. reader.Faults];
        private readonly Dictionary<string, CheckDepth> depths = [];
        private readonly TableComparison comparison = new();
        private bool vintageConfirmed;

        public VerificationResult Run(string path)
        {
            var manifest = ReadManifest();
            var recomputed = manifest is not null && CheckFiles(manifest) && Recompute(manifest);
            if (manifest is not null)
            {
                LocateChanges(manifest);
            }

            return new VerificationResult(
                path,
                manifest?.PackageId ?? "",
                recomputed,
                comparison.Largest,
                vintageConfirmed,
                comparison.Numbers,
                differences.OrderBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.Row ?? 0).ThenBy(d => d.Kind).ToList(),
                depths.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new FileCheck(entry.Key, entry.Value)).ToList());
        }

        private PackageManifest? ReadManifest()
        {
            if (!reader.Files.TryGetValue(PackageManifest.FileName, out var bytes))
            {
                Add(DifferenceKind.Missing, PackageManifest.FileName);
                return null;
            }

            try
            {
                if (FormatVersion(bytes) is var version && version != PackageManifest.CurrentFormat)
                {
                    Add(DifferenceKind.Manifest, PackageManifest.FileName, column: "format_version", found: version?.ToString(CultureInfo.InvariantCulture), expected: PackageManifest.CurrentFormat.ToString(CultureInfo.InvariantCulture));
                    return null;
                }

                var manifest = PackageJson.Read<PackageManifest>(bytes);
                depths[PackageManifest.FileName] = CheckDepth.Text;
                if (!bytes.AsSpan().SequenceEqual(PackageJson.Write(manifest)))
                {
                    Add(DifferenceKind.Manifest, PackageManifest.FileName);
                }

                if (manifest.ComputeId() is var id && id != manifest.PackageId)
                {
                    Add(DifferenceKind.PackageId, PackageManifest.FileName, column: "package_id", found: manifest.PackageId, expected: id);
                }

                return manifest;
            }
            catch (JsonException e)
            {
                Add(DifferenceKind.Unreadable, PackageManifest.FileName, found: e.Message);
                return null;
            }
        }

        private static int? FormatVersion(byte[] bytes)
        {
            using var json = JsonDocument.Parse(bytes);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("format_version", out var version)
                && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) ? number : null;
        }

        /// <summary>Checks names, sizes and hashes; says whether the inputs of the run are as published.</summary>
        private bool CheckFiles(PackageManifest manifest)
        {
            var listed = manifest.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
            foreach (var extra in reader.Files.Keys.Where(name => name != PackageManifest.FileName && !listed.Contains(name)))
            {
                Add(DifferenceKind.Extra, extra);
            }

            foreach (var file in manifest.Files)
            {
                if (!reader.Files.TryGetValue(file.Path, out var bytes))
                {
                    Add(DifferenceKind.Missing, file.Path);
                    continue;
                }

                depths[file.Path] = CheckDepth.Hash;
                var found = ManifestFile.Of(file.Path, bytes);
                if (found.Sha256 != file.Sha256 || found.Size != file.Size)
                {
                    Add(DifferenceKind.Changed, file.Path, found: found.Sha256, expected: file.Sha256);
                }
            }

            return new[] { Publication.Spec, Publication.Definitions, PackageInputs.Table + ".csv" }
                .All(name => reader.Files.ContainsKey(name) && !differences.Exists(d => d.File == name));
        }

        private bool Recompute(PackageManifest manifest)
        {
            var file = Publication.Spec;
            try
            {
                var spec = PackageJson.Read<ModelSpec>(reader.Files[file]);
                file = Publication.Definitions;
                var definitions = PackageJson.Read<DefinitionSet>(reader.Files[file]);
                file = PackageInputs.Table + ".csv";
                var inputs = PackageInputs.FromRecords(PackageCsv.Read(reader.Files[file]));
                CheckInputs(manifest, definitions, inputs);
                file = Publication.Spec;
                var run = BenchmarkRunner.Run(spec, definitions, inputs, manifest.Vintages);
                CheckTables(ResultTables.Of(run, definitions).Prepend(PackageInputs.ToTable(inputs)).ToList());
                CheckManifest(manifest, run);
                if (manifest.Software == tools.Software)
                {
                    CheckTexts(manifest, run, definitions);
                }

                return true;
            }
            catch (Exception e) when (e is JsonException or FormatException or InputException or ArgumentException)
            {
                Add(DifferenceKind.Unreadable, file, found: e.Message);
                return false;
            }
        }

        private void CheckInputs(PackageManifest manifest, DefinitionSet definitions, IReadOnlyList<Observation> inputs)
        {
            var name = PackageInputs.Table + ".csv";
            var hash = ValueHash.Of(inputs);
            if (hash != manifest.InputsHash)
            {
                Add(DifferenceKind.Fingerprint, name, found: hash, expected: manifest.InputsHash);
            }

            vintageConfirmed = manifest.Vintages.Count == 1 && manifest.Vintages[0].ValueHash == hash;
            foreach (var (cell, i) in inputs.Select((cell, i) => (cell, i)).Where(row => SmallNumbers.IsSmall(row.cell, definitions.Indicators, manifest.HiddenUpTo)))
            {
                Add(DifferenceKind.SmallCount, name, i + 2, "value", ResultTable.Text(cell.Value));
            }
        }

        private void CheckTables(List<ResultTable> tables)
        {
            foreach (var table in tables)
            {
                var csv = table.Name + ".csv";
                if (!reader.Files.TryGetValue(csv, out var bytes))
                {
                    Add(DifferenceKind.Missing, csv);
                }
                else if (Records(csv, bytes) is { } records)
                {
                    AddAll(csv, comparison.Compare(csv, records, table, exact: Changed(csv), firstLine: 2));
                    depths[csv] = CheckDepth.Cells;
                }

                var parquet = table.Name + ".parquet";
                if (tools.ReadParquet is { } read && reader.Files.TryGetValue(parquet, out var columns) && !Changed(parquet))
                {
                    AddAll(parquet, comparison.Compare(parquet, ReadParquet(read, columns), table, exact: false, firstLine: 1));
                    depths[parquet] = CheckDepth.Cells;
                }
            }

            var known = tables.SelectMany(table => new[] { table.Name + ".csv", table.Name + ".parquet" }).ToHashSet();
            foreach (var other in reader.Files.Keys.Where(name => name.StartsWith("results/", StringComparison.Ordinal) && !known.Contains(name) && depths.ContainsKey(name)))
            {
                Add(DifferenceKind.Extra, other);
            }
        }

        private void CheckManifest(PackageManifest manifest, BenchmarkRun run)
        {
            if (manifest.Model != run.Spec.Id)
            {
                Add(DifferenceKind.Manifest, PackageManifest.FileName, column: "model", found: manifest.Model, expected: run.Spec.Id);
            }

            if (manifest.Synthetic != run.Synthetic)
            {
                Add(DifferenceKind.Manifest, PackageManifest.FileName, column: "synthetic", found: manifest.Synthetic.ToString(), expected: run.Synthetic.ToString());
            }
        }

        private void CheckTexts(PackageManifest manifest, BenchmarkRun run, DefinitionSet definitions)
        {
            CheckText(Publication.Spec, PackageJson.Write(run.Spec));
            CheckText(Publication.Definitions, PackageJson.Write(definitions));
            CheckText(Publication.Readme, Publication.ReadmeText(run, manifest.Created, manifest.Software, manifest.HiddenUpTo));
            CheckText(Publication.SyntheticMark, run.Synthetic ? Publication.SyntheticText() : null);
            if (tools.RenderReport is { } render)
            {
                foreach (var (name, culture) in Publication.Reports.Where(report => reader.Files.ContainsKey(report.Key)))
                {
                    CheckText(name, Encoding.UTF8.GetBytes(render(run, definitions, culture)));
                }
            }
        }

        /// <summary>Compares a text with what it should be; names the first line that differs.</summary>
        private void CheckText(string name, byte[]? expected)
        {
            if (!reader.Files.TryGetValue(name, out var found))
            {
                if (expected is not null && !differences.Exists(d => d.File == name))
                {
                    Add(DifferenceKind.Missing, name);
                }

                return;
            }

            depths[name] = CheckDepth.Text;
            if (expected is not null && !found.AsSpan().SequenceEqual(expected))
            {
                var (a, b) = (Encoding.UTF8.GetString(found).Split('\n'), Encoding.UTF8.GetString(expected).Split('\n'));
                var line = Enumerable.Range(0, Math.Min(a.Length, b.Length)).FirstOrDefault(i => a[i] != b[i], Math.Min(a.Length, b.Length));
                Add(DifferenceKind.Value, name, line + 1, found: Around(a.ElementAtOrDefault(line), b.ElementAtOrDefault(line)), expected: Around(b.ElementAtOrDefault(line), a.ElementAtOrDefault(line)));
            }
        }

        /// <summary>Where a table was changed and its cells could not be compared, the manifest's sums say which line and columns.</summary>
        private void LocateChanges(PackageManifest manifest)
        {
            foreach (var file in manifest.Files.Where(file => file.Rows is not null && Changed(file.Path) && !differences.Exists(d => d.File == file.Path && d.Row is not null)))
            {
                if (Records(file.Path, reader.Files[file.Path]) is not { Count: > 0 } records)
                {
                    continue;
                }

                var now = RowSums.Of(records);
                var row = file.Rows!.ChangedRow(now);
                foreach (var column in file.Rows.ChangedColumns(now))
                {
                    // Line 1 holds the column names, which the sums do not run over.
                    var line = row is null && now.Sum == file.Rows.Sum ? 1 : row + 1;
                    Add(DifferenceKind.Changed, file.Path, line, records[0][column], line is { } at ? records[at - 1].ElementAtOrDefault(column) : null);
                }
            }
        }

        private IReadOnlyList<string[]>? Records(string file, byte[] bytes)
        {
            try
            {
                return PackageCsv.Read(bytes);
            }
            catch (FormatException e)
            {
                if (!differences.Exists(d => d.File == file && d.Kind == DifferenceKind.Unreadable))
                {
                    Add(DifferenceKind.Unreadable, file, found: e.Message);
                }

                return null;
            }
        }

        private static IReadOnlyList<IReadOnlyList<string>> ReadParquet(Func<string, IReadOnlyList<IReadOnlyList<string>>> read, byte[] bytes)
        {
            var temporary = Path.Combine(Path.GetTempPath(), $"fikspunkt-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.parquet");
            try
            {
                File.WriteAllBytes(temporary, bytes);
                return read(temporary);
            }
            finally
            {
                File.Delete(temporary);
            }
        }

        private static string? Around(string? text, string? other)
        {
            if (text is null)
            {
                return null;
            }

            var start = Enumerable.Range(0, text.Length).FirstOrDefault(i => other is null || i >= other.Length || text[i] != other[i], text.Length);
            return text[Math.Max(0, start - 20)..Math.Min(text.Length, start + 40)];
        }

        private bool Changed(string file) => differences.Exists(d => d.File == file && d.Kind == DifferenceKind.Changed);

        private void Add(DifferenceKind kind, string file, int? row = null, string? column = null, string? found = null, string? expected = null) =>
            differences.Add(new PackageDifference(kind, file, row, column, found, expected));

        private void AddAll(string file, List<PackageDifference> found) => differences.AddRange(found.Where(d => d.File == file));
    }
}
