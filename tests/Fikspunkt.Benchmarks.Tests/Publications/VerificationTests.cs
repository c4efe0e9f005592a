using System.Text;
using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Domain;
using Fikspunkt.Testing;

namespace Fikspunkt.Benchmarks.Tests.Publications;

public sealed class VerificationTests
{
    [Fact]
    public void Verify_Untouched_ComputesEverythingAgainToTheLastBit()
    {
        using var folder = new TemporaryFolder();
        var package = PackageFixture.Write(folder);
        foreach (var path in new[] { package.Folder, package.Zip })
        {
            var result = Verification.Verify(path, PackageFixture.Tools);
            result.Differences.ShouldBeEmpty();
            (result.Passed, result.Recomputed, result.LargestDifference, result.VintageConfirmed, result.PackageId).ShouldBe((true, true, 0.0, true, package.PackageId));
            result.Numbers.ShouldBeGreaterThan(5000);
            result.Files.Select(file => file.File).ShouldBe(PackageFixture.Read(package.Folder).Keys);
            result.Files.ShouldAllBe(file => file.Depth != CheckDepth.Hash);
        }
    }

    [Fact]
    public void Verify_WithoutTools_SaysWhatWasOnlyHashed()
    {
        using var folder = new TemporaryFolder();
        var result = Verification.Verify(PackageFixture.Write(folder).Zip);
        result.Passed.ShouldBeTrue();
        result.Files.Where(file => file.Depth == CheckDepth.Hash).Select(file => Path.GetExtension(file.File)).Distinct().Order().ShouldBe([".html", ".json", ".parquet", ".txt"]);
    }

    [Fact]
    public void Verify_OneDigitChangedInAnyFile_NamesTheFileAndForTablesThePlace()
    {
        using var folder = new TemporaryFolder();
        var original = PackageFixture.Read(PackageFixture.Write(folder).Folder);
        var tried = 0;
        foreach (var (name, bytes) in original)
        {
            foreach (var position in PackageFixture.Digits(bytes, 3, seed: bytes.Length))
            {
                tried++;
                var files = new SortedDictionary<string, byte[]>(original, StringComparer.Ordinal) { [name] = PackageFixture.ChangeDigit(bytes, position) };
                var result = Verification.Verify(PackageFixture.Zip(folder, files), PackageFixture.Tools);
                result.Passed.ShouldBeFalse($"{name} at {position}");
                var named = result.Differences.Where(d => d.File == name).ToList();
                named.ShouldNotBeEmpty($"{name} at {position}");

                // Only the changed file is named, except that a changed manifest also disagrees with what it describes.
                result.Differences.Select(d => d.File).Distinct().Where(file => file != name).ShouldAllBe(_ => name == "manifest.json");
                if (name.EndsWith(".csv", StringComparison.Ordinal))
                {
                    var (line, column) = Place(bytes, position);
                    named.ShouldContain(d => d.Row == line && d.Column == column, $"{name} at {position}: line {line}, {column}; said {string.Join(" | ", named)}");
                }
            }
        }

        tried.ShouldBeGreaterThan(80);
    }

    [Fact]
    public void Verify_DigitChangedAndManifestForged_NamesWhatTheInputsDoNotGive()
    {
        using var folder = new TemporaryFolder();
        var original = PackageFixture.Read(PackageFixture.Write(folder).Folder);
        foreach (var (name, bytes) in original.Where(file => file.Key.StartsWith("results/", StringComparison.Ordinal) && file.Key.EndsWith(".csv", StringComparison.Ordinal)))
        {
            // The first digit of a number, so that the change is larger than any difference between machines.
            var text = Encoding.UTF8.GetString(bytes);
            var at = Encoding.UTF8.GetByteCount(text.AsSpan(0, text.LastIndexOfAny([',', '\n'], text.Length - 2) + 1));
            at = Enumerable.Range(at, bytes.Length - at).FirstOrDefault(i => bytes[i] is >= (byte)'1' and <= (byte)'9', -1);
            if (at < 0)
            {
                continue;
            }

            var files = PackageFixture.Forge(new(original, StringComparer.Ordinal) { [name] = PackageFixture.ChangeDigit(bytes, at) });
            var result = Verification.Verify(PackageFixture.Zip(folder, files), PackageFixture.Tools);
            var (line, column) = Place(bytes, at);
            var difference = result.Differences.ShouldHaveSingleItem();
            (difference.Kind, difference.File, difference.Row, difference.Column).ShouldBe((DifferenceKind.Value, name, line, column));
            difference.Expected.ShouldNotBe(difference.Found);
        }
    }

    [Fact]
    public void Verify_InputForged_NamesTheResultsThatNoLongerFollow()
    {
        using var folder = new TemporaryFolder();
        var files = PackageFixture.Read(PackageFixture.Write(folder).Folder);
        var lines = Encoding.UTF8.GetString(files["inputs/observations.csv"]).Split('\n');
        var at = Array.FindIndex(lines, line => line.StartsWith("y30r21_actual_share_pct,,", StringComparison.Ordinal));
        lines[at] = lines[at].Replace(",ok", "1,ok", StringComparison.Ordinal);
        files["inputs/observations.csv"] = Encoding.UTF8.GetBytes(string.Join('\n', lines));
        var result = Verification.Verify(PackageFixture.Zip(folder, PackageFixture.Forge(files)), PackageFixture.Tools);
        result.Recomputed.ShouldBeTrue();
        result.VintageConfirmed.ShouldBeFalse();
        result.Differences.ShouldContain(d => d.Kind == DifferenceKind.Fingerprint && d.File == "inputs/observations.csv");
        result.Differences.ShouldContain(d => d.Kind == DifferenceKind.Value && d.File == "results/results.csv");
    }

    [Fact]
    public void Verify_DifferenceBetweenMachines_IsAllowedAndReported()
    {
        using var folder = new TemporaryFolder();
        var files = PackageFixture.Read(PackageFixture.Write(folder, PackageFixture.Tools with { WriteParquet = null }).Folder);
        var lines = Encoding.UTF8.GetString(files["results/results.csv"]).Split('\n');
        var cells = lines[1].Split(',');
        cells[^1] = (double.Parse(cells[^1], System.Globalization.CultureInfo.InvariantCulture) * (1 + 1e-11)).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        lines[1] = string.Join(',', cells);
        files["results/results.csv"] = Encoding.UTF8.GetBytes(string.Join('\n', lines));
        var result = Verification.Verify(PackageFixture.Zip(folder, PackageFixture.Forge(files)), PackageFixture.Tools);
        result.Passed.ShouldBeTrue();
        result.LargestDifference.ShouldBe(1e-11, 1e-13);
    }

    [Fact]
    public void Verify_MissingFile_IsNamed()
    {
        using var folder = new TemporaryFolder();
        var original = PackageFixture.Read(PackageFixture.Write(folder).Folder);
        foreach (var name in original.Keys)
        {
            var result = Verification.Verify(PackageFixture.Zip(folder, original.Where(file => file.Key != name)), PackageFixture.Tools);
            result.Passed.ShouldBeFalse();
            result.Differences.ShouldContain(d => d.Kind == DifferenceKind.Missing && d.File == name);
        }
    }

    [Fact]
    public void Verify_FileLeftOutOfForgedManifest_IsMissed()
    {
        using var folder = new TemporaryFolder();
        var files = PackageFixture.Read(PackageFixture.Write(folder).Folder);
        files.Remove("results/fits.csv");
        Verification.Verify(PackageFixture.Zip(folder, PackageFixture.Forge(files)), PackageFixture.Tools)
            .Differences.ShouldContain(d => d.Kind == DifferenceKind.Missing && d.File == "results/fits.csv");
    }

    [Theory]
    [InlineData("results/more.csv")]
    [InlineData("virus.exe")]
    public void Verify_ExtraFile_IsNamed(string name)
    {
        using var folder = new TemporaryFolder();
        var package = PackageFixture.Write(folder);
        File.WriteAllText(Path.Combine(package.Folder, name), "a\n1\n");
        var difference = Verification.Verify(package.Folder, PackageFixture.Tools).Differences.ShouldHaveSingleItem();
        (difference.Kind, difference.File).ShouldBe((DifferenceKind.Extra, name));
    }

    [Theory]
    [InlineData("../../evil.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("results\\..\\evil.csv")]
    [InlineData("C:/evil.txt")]
    [InlineData("results/../spec.json")]
    [InlineData("results/")]
    [InlineData("SPEC.JSON")]
    [InlineData("results/\u0000.csv")]
    [InlineData(".hidden")]
    public void Verify_HostileName_IsNamedAndNothingIsWritten(string name)
    {
        using var folder = new TemporaryFolder();
        var files = PackageFixture.Read(PackageFixture.Write(folder).Folder);
        var zip = PackageFixture.Zip(folder, files.Append(new(name, "evil"u8.ToArray())));
        var before = Directory.EnumerateFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Order().ToList();
        var result = Verification.Verify(zip, PackageFixture.Tools);
        result.Passed.ShouldBeFalse();
        result.Differences.ShouldHaveSingleItem().Kind.ShouldBe(DifferenceKind.UnsafeName);
        Directory.EnumerateFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Order().ShouldBe(before);
    }

    [Fact]
    public void Verify_NameTwice_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var files = PackageFixture.Read(PackageFixture.Write(folder).Folder);
        Verification.Verify(PackageFixture.Zip(folder, files.Append(new("results/results.csv", "x"u8.ToArray()))), PackageFixture.Tools)
            .Differences.ShouldContain(d => d.Kind == DifferenceKind.UnsafeName && d.File == "results/results.csv");
    }

    [Fact]
    public void Verify_TruncatedZip_IsAnInputError()
    {
        using var folder = new TemporaryFolder();
        var package = PackageFixture.Write(folder);
        var bytes = File.ReadAllBytes(package.Zip);
        foreach (var length in new[] { 0, 1, bytes.Length / 3, bytes.Length / 2, bytes.Length - 30, bytes.Length - 1 })
        {
            File.WriteAllBytes(folder.File("cut.zip"), bytes[..length]);
            Should.Throw<InputException>(() => Verification.Verify(folder.File("cut.zip"))).Problems[0].File.ShouldBe(folder.File("cut.zip"));
        }
    }

    [Fact]
    public void Verify_AnyByteOfTheZipChanged_NeverPassesWrongContent()
    {
        using var folder = new TemporaryFolder();
        var bytes = File.ReadAllBytes(PackageFixture.Write(folder, PackageFixture.Tools with { WriteParquet = null }).Zip);
        var random = new Statistics.Numerics.CounterRandom(5);
        for (var i = 0; i < 60; i++)
        {
            var changed = bytes.ToArray();
            changed[(int)(random.Uniforms(0, i).First * bytes.Length)] ^= 0x15;
            File.WriteAllBytes(folder.File("changed.zip"), changed);
            try
            {
                // A changed date or compression hint leaves the content as it was; then it may pass.
                var result = Verification.Verify(folder.File("changed.zip"));
                (result.Passed || result.Differences.Count > 0).ShouldBeTrue();
            }
            catch (InputException)
            {
            }
        }
    }

    [Fact]
    public void Verify_NothingThere_IsAnInputError() => Should.Throw<InputException>(() => Verification.Verify("no-such-package"));

    [Fact]
    public void Verify_EmptyFolder_LacksItsManifest()
    {
        using var folder = new TemporaryFolder();
        var difference = Verification.Verify(folder.Path).Differences.ShouldHaveSingleItem();
        (difference.Kind, difference.File).ShouldBe((DifferenceKind.Missing, "manifest.json"));
    }

    [Theory]
    [InlineData("{\"format_version\": 2, \"anything\": []}", DifferenceKind.Manifest)]
    [InlineData("{}", DifferenceKind.Manifest)]
    [InlineData("[]", DifferenceKind.Manifest)]
    [InlineData("{\"format_version\": 1}", DifferenceKind.Unreadable)]
    [InlineData("not json", DifferenceKind.Unreadable)]
    public void Verify_OtherManifest_IsNamed(string manifest, DifferenceKind kind)
    {
        using var folder = new TemporaryFolder();
        var files = PackageFixture.Read(PackageFixture.Write(folder).Folder);
        files["manifest.json"] = Encoding.UTF8.GetBytes(manifest);
        var result = Verification.Verify(PackageFixture.Zip(folder, files), PackageFixture.Tools);
        result.Passed.ShouldBeFalse();
        result.Recomputed.ShouldBeFalse();
        var difference = result.Differences.ShouldHaveSingleItem();
        (difference.Kind, difference.File).ShouldBe((kind, "manifest.json"));
    }

    [Fact]
    public void Verify_SmallCountForged_IsNamed()
    {
        using var folder = new TemporaryFolder();
        var files = PackageFixture.Read(PackageFixture.Write(folder).Folder);
        var lines = Encoding.UTF8.GetString(files["inputs/observations.csv"]).Split('\n');
        var at = Array.FindIndex(lines, line => line.StartsWith("y30r21_actual_persons,benefit", StringComparison.Ordinal));
        lines[at] = string.Join(',', [.. lines[at].Split(',')[..4], "2", "ok"]);
        files["inputs/observations.csv"] = Encoding.UTF8.GetBytes(string.Join('\n', lines));
        Verification.Verify(PackageFixture.Zip(folder, PackageFixture.Forge(files)), PackageFixture.Tools)
            .Differences.ShouldContain(d => d.Kind == DifferenceKind.SmallCount && d.Row == at + 1 && d.Column == "value");
    }

    [Fact]
    public void Verify_SyntheticMarkRemovedByForger_IsNoticed()
    {
        using var folder = new TemporaryFolder();
        var files = PackageFixture.Read(PackageFixture.Write(folder).Folder);
        var result = Verification.Verify(PackageFixture.Zip(folder, PackageFixture.Forge(files, manifest => manifest with { Synthetic = false })), PackageFixture.Tools);
        result.Differences.ShouldContain(d => d.Column == "synthetic");
    }

    [Fact]
    public void RowSums_OneLineChanged_FindsIt()
    {
        var records = Enumerable.Range(0, 500).Select(i => new[] { PackageFixture.Line(i), "x" }).ToList();
        var before = RowSums.Of(records);
        for (var line = 1; line < records.Count; line += 37)
        {
            var changed = records.ToList();
            changed[line] = [records[line][0], "y"];
            var now = RowSums.Of(changed);
            (before.ChangedRow(now), before.ChangedColumns(now).ShouldHaveSingleItem()).ShouldBe((line, 1));
        }

        var two = records.ToList();
        (two[3], two[9]) = (["a", "x"], ["b", "x"]);
        before.ChangedRow(RowSums.Of(two)).ShouldBeNull();
        before.ChangedRow(RowSums.Of(records[..^1])).ShouldBeNull();
        before.ChangedRow(before).ShouldBeNull();
    }

    /// <summary>Line and column of a byte in a CSV file.</summary>
    private static (int Line, string Column) Place(byte[] bytes, int position)
    {
        var before = Encoding.UTF8.GetString(bytes, 0, position);
        var line = before.Count(c => c == '\n') + 1;
        var start = before.LastIndexOf('\n') + 1;
        var quoted = false;
        var field = 0;
        foreach (var c in before[start..])
        {
            quoted ^= c == '"';
            field += c == ',' && !quoted ? 1 : 0;
        }

        var header = Encoding.UTF8.GetString(bytes).Split('\n')[0].Split(',');
        return (line, header[field]);
    }
}
