using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>Checks a package from what is inside it: that nothing was changed, and that its inputs give its numbers.</summary>
public static class Verification
{
    /// <summary>Verifies a package.</summary>
    /// <remarks>
    /// Checked are: names, the list of files, every size and SHA-256, the manifest's own id, the fingerprint of the inputs, that no
    /// small count is in them; then the run or the measurements are computed again and compared with every cell of every table (bit for bit, or within
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
        private const string Inputs = PackageInputs.Table + ".csv";
        private const string EarlierInputs = MeasurementInputs.EarlierTable + ".csv";
        private readonly List<PackageDifference> differences = [.. reader.Faults];
        private readonly Dictionary<string, CheckDepth> depths = [];
        private readonly TableComparison comparison = new();
        private bool vintageConfirmed;
        private string reading = PackageManifest.FileName;

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

            return InputsOf(manifest).All(name => reader.Files.ContainsKey(name) && !differences.Exists(d => d.File == name));
        }

        private static IEnumerable<string> InputsOf(PackageManifest manifest) =>
        [
            manifest.Measured is null ? BenchmarkContents.Spec : MeasurementContents.Specs,
            PackageContents.Definitions,
            Inputs,
            .. manifest.Measured is { EarlierVintages.Count: > 0 } ? [EarlierInputs] : Array.Empty<string>(),
            .. manifest.Measured is { Given.Count: > 0 } ? [GivenResult.FileName] : Array.Empty<string>(),
        ];

        private bool Recompute(PackageManifest manifest)
        {
            try
            {
                var contents = manifest.Measured is { } measured ? MeasurementsOf(manifest, measured) : BenchmarkOf(manifest);
                CheckTables(contents);
                CheckManifest(manifest, contents);
                if (manifest.Software == tools.Software)
                {
                    CheckTexts(contents);
                }

                return true;
            }
            catch (Exception e) when (e is JsonException or FormatException or InputException or ArgumentException or KeyNotFoundException)
            {
                Add(DifferenceKind.Unreadable, reading, found: e.Message);
                return false;
            }
        }

        private PackageContents BenchmarkOf(PackageManifest manifest)
        {
            var spec = Parse(BenchmarkContents.Spec, PackageJson.Read<ModelSpec>);
            var definitions = Parse(PackageContents.Definitions, PackageJson.Read<DefinitionSet>);
            var inputs = Observations(Inputs);
            CheckInputs(Inputs, manifest.InputsHash, inputs, definitions, manifest.HiddenUpTo);
            vintageConfirmed = manifest.Vintages.Count == 1 && manifest.Vintages[0].ValueHash == ValueHash.Of(inputs);
            reading = BenchmarkContents.Spec;
            var run = BenchmarkRunner.Run(spec, definitions, inputs, manifest.Vintages, manifest.HiddenUpTo);
            return BenchmarkContents.Of(run, definitions, inputs, Origin(manifest), tools);
        }

        private PackageContents MeasurementsOf(PackageManifest manifest, MeasuredContents measured)
        {
            var specs = Parse(MeasurementContents.Specs, PackageJson.Read<List<MeasurementSpec>>);
            var definitions = MeasurementContents.With(Parse(PackageContents.Definitions, PackageJson.Read<DefinitionSet>), specs);
            var inputs = Observations(Inputs);
            CheckInputs(Inputs, manifest.InputsHash, inputs, definitions, manifest.HiddenUpTo);
            vintageConfirmed = manifest.Vintages.Where(vintage => vintage.Table != MeasurementInput.SpellsTable).ToList() is [var only] && only.ValueHash == ValueHash.Of(inputs);
            var earlier = measured.EarlierVintages.Count > 0 ? Observations(EarlierInputs) : null;
            if (earlier is not null)
            {
                CheckInputs(EarlierInputs, measured.EarlierInputsHash, earlier, definitions, manifest.HiddenUpTo);
            }

            var given = measured.Given.Count > 0 ? Parse(GivenResult.FileName, PackageJson.Read<List<GivenResult>>) : [];
            CheckMeasured(measured, specs, given, manifest.HiddenUpTo);
            reading = MeasurementContents.Specs;
            var input = new MeasurementInput(definitions, inputs, manifest.Vintages)
            {
                Earlier = earlier is null ? null : new MeasurementInput(definitions, earlier, measured.EarlierVintages) { HiddenUpTo = manifest.HiddenUpTo },
                HiddenUpTo = manifest.HiddenUpTo,
                Given = given.ToDictionary(result => result.Measurement, result => result.With(definitions.Measurements[result.Measurement]), StringComparer.Ordinal),
            };
            return MeasurementContents.Of(specs, input, manifest, tools);
        }

        private void CheckMeasured(MeasuredContents measured, List<MeasurementSpec> specs, List<GivenResult> given, int hiddenUpTo)
        {
            foreach (var (column, found, expected) in new[] { ("measurements", measured.Measurements, specs.Select(spec => spec.Id)), ("given", measured.Given, given.Select(result => result.Measurement)) })
            {
                if (!found.SequenceEqual(expected, StringComparer.Ordinal))
                {
                    Add(DifferenceKind.Manifest, PackageManifest.FileName, column: column, found: string.Join(", ", found), expected: string.Join(", ", expected));
                }
            }

            foreach (var result in given.Where(result => GivenResult.HasSmallCount(result.Tables, hiddenUpTo)))
            {
                Add(DifferenceKind.SmallCount, GivenResult.FileName, column: result.Measurement);
            }
        }

        /// <summary>Reads a file; what goes wrong from here on is put down to it.</summary>
        private T Parse<T>(string file, Func<byte[], T> parse)
        {
            reading = file;
            return parse(reader.Files[file]);
        }

        private static PackageOrigin Origin(PackageManifest manifest) => new(manifest.Created, manifest.Software, manifest.HiddenUpTo);

        private IReadOnlyList<Observation> Observations(string file) => Parse(file, bytes => PackageInputs.FromRecords(PackageCsv.Read(bytes)));

        private void CheckInputs(string name, string fingerprint, IReadOnlyList<Observation> inputs, DefinitionSet definitions, int hiddenUpTo)
        {
            var hash = ValueHash.Of(inputs);
            if (hash != fingerprint)
            {
                Add(DifferenceKind.Fingerprint, name, found: hash, expected: fingerprint);
            }

            foreach (var (cell, i) in inputs.Select((cell, i) => (cell, i)).Where(row => SmallNumbers.IsSmall(row.cell, definitions.Indicators, hiddenUpTo)))
            {
                Add(DifferenceKind.SmallCount, name, i + 2, "value", ResultTable.Text(cell.Value));
            }
        }

        private void CheckTables(PackageContents contents)
        {
            // What is taken as it is must agree with itself, but its numbers do not count as computed again.
            var given = new TableComparison();
            foreach (var table in contents.Tables)
            {
                var csv = table.Name + ".csv";
                if (!reader.Files.TryGetValue(csv, out var bytes))
                {
                    Add(DifferenceKind.Missing, csv);
                }
                else if (Records(csv, bytes) is { } records)
                {
                    AddAll(csv, (contents.IsGiven(csv) ? given : comparison).Compare(csv, records, table, exact: Changed(csv), firstLine: 2));
                    depths[csv] = contents.IsGiven(csv) ? CheckDepth.Hash : CheckDepth.Cells;
                }

                var parquet = table.Name + ".parquet";
                if (tools.ReadParquet is { } read && reader.Files.TryGetValue(parquet, out var columns) && !Changed(parquet))
                {
                    AddAll(parquet, comparison.Compare(parquet, ReadParquet(read, columns), table, exact: false, firstLine: 1));
                    depths[parquet] = CheckDepth.Cells;
                }
            }

            var known = contents.Tables.SelectMany(table => new[] { table.Name + ".csv", table.Name + ".parquet" }).ToHashSet();
            foreach (var other in reader.Files.Keys.Where(name => name.StartsWith("results/", StringComparison.Ordinal) && !known.Contains(name) && depths.ContainsKey(name)))
            {
                Add(DifferenceKind.Extra, other);
            }
        }

        private void CheckManifest(PackageManifest manifest, PackageContents contents)
        {
            if (manifest.Model != contents.Model)
            {
                Add(DifferenceKind.Manifest, PackageManifest.FileName, column: "model", found: manifest.Model, expected: contents.Model);
            }

            if (manifest.Synthetic != contents.Synthetic)
            {
                Add(DifferenceKind.Manifest, PackageManifest.FileName, column: "synthetic", found: manifest.Synthetic.ToString(), expected: contents.Synthetic.ToString());
            }
        }

        private void CheckTexts(PackageContents contents)
        {
            foreach (var document in contents.Documents)
            {
                CheckText(document.Name, document.Bytes, contents.IsGiven(document.Name) ? CheckDepth.Hash : CheckDepth.Text);
            }

            foreach (var report in contents.Reports.Where(report => reader.Files.ContainsKey(report.Name)))
            {
                CheckText(report.Name, Encoding.UTF8.GetBytes(report.Render()), CheckDepth.Text);
            }
        }

        /// <summary>Compares a text with what it should be; names the first line that differs.</summary>
        private void CheckText(string name, byte[]? expected, CheckDepth depth)
        {
            if (!reader.Files.TryGetValue(name, out var found))
            {
                if (expected is not null && !differences.Exists(d => d.File == name))
                {
                    Add(DifferenceKind.Missing, name);
                }

                return;
            }

            depths[name] = depth;
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
