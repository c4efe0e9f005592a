using System.Globalization;
using System.Text;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Benchmarks.Tests.Measurements;
using Fikspunkt.Benchmarks.Tests.Published;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Domain.Models;
using Fikspunkt.Testing;

namespace Fikspunkt.Benchmarks.Tests.Publications;

/// <summary>Packages of measurements: what is in them, what is not, and what verification finds.</summary>
public sealed class MeasurementPackageTests
{
    private static readonly PublicationTools Tools = new(
        "Fikspunkt 0.0-test",
        RenderMeasurements: (results, definitions, culture) => string.Concat(results.SelectMany(result => result.Positions.Select(position =>
            $"<p>{result.Spec.Title.In(culture)}, {definitions.Municipalities.First(m => m.Code == position.Area).Name}: {position.Value.ToString("P6", culture)}</p>\n"))));

    [Fact]
    public void Verify_Untouched_ComputesEverythingAgainToTheLastBit()
    {
        using var folder = new TemporaryFolder();
        var package = Small().Write(PackageFixture.Now, Tools, folder.File("package"));
        foreach (var path in new[] { package.Folder, package.Zip })
        {
            var result = Verification.Verify(path, Tools);
            result.Differences.ShouldBeEmpty();
            (result.Passed, result.Recomputed, result.LargestDifference, result.VintageConfirmed, result.PackageId).ShouldBe((true, true, 0.0, true, package.PackageId));
            result.Numbers.ShouldBeGreaterThan(200);
            result.Files.Select(file => file.File).ShouldBe(PackageFixture.Read(package.Folder).Keys);
            result.Files.ShouldAllBe(file => file.Depth != CheckDepth.Hash);
        }
    }

    [Fact]
    public void Write_TheSameTwice_GivesTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        var (first, second) = (Small().Write(PackageFixture.Now, Tools, folder.File("a")), Small().Write(PackageFixture.Now, Tools, folder.File("b")));
        second.PackageId.ShouldBe(first.PackageId);
        File.ReadAllBytes(second.Zip).ShouldBe(File.ReadAllBytes(first.Zip));
        Should.Throw<InputException>(() => Small().Write(PackageFixture.Now, Tools, folder.File("a")));
    }

    [Fact]
    public void Write_LanguageOfTheUser_ChangesNothing()
    {
        using var folder = new TemporaryFolder();
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            var ids = new List<string>();
            foreach (var language in new[] { "da-DK", "en-GB" })
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
                ids.Add(Small().Write(PackageFixture.Now, Tools, folder.File(language)).PackageId);
            }

            ids[1].ShouldBe(ids[0]);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    [Fact]
    public void Verify_OneDigitChangedInAnyFile_NamesTheFile()
    {
        using var folder = new TemporaryFolder();
        var original = PackageFixture.Read(Small().Write(PackageFixture.Now, Tools, folder.File("package")).Folder);
        original.Keys.ShouldBe(
        [
            "README.txt", "SYNTHETIC-SYNTETISKE-DATA.txt", "definitions.json", "inputs/observations.csv", "manifest.json", "measurements.en.html", "measurements.html", "measurements.json",
            "results/published-y30r21/a-dagpenge-mv.csv", "results/published-y30r21/positions.csv", "results/published-y30r21/ranks.csv",
            "results/published-y30r21/rounding.csv", "results/published-y30r21/statements.csv", "results/published-y30r21/total.csv", "tables.json",
        ],
        ignoreOrder: true);
        foreach (var (name, bytes) in original)
        {
            foreach (var position in PackageFixture.Digits(bytes, 2, seed: bytes.Length))
            {
                var files = new SortedDictionary<string, byte[]>(original, StringComparer.Ordinal) { [name] = PackageFixture.ChangeDigit(bytes, position) };
                var result = Verification.Verify(PackageFixture.Zip(folder, files), Tools);
                result.Passed.ShouldBeFalse($"{name} at {position}");
                result.Differences.ShouldContain(d => d.File == name, $"{name} at {position}");
                result.Differences.Select(d => d.File).Distinct().Where(file => file != name).ShouldAllBe(_ => name == "manifest.json");
            }
        }
    }

    [Fact]
    public void Verify_ResultOrReportForged_IsNotWhatTheInputsGive()
    {
        using var folder = new TemporaryFolder();
        var original = PackageFixture.Read(Small().Write(PackageFixture.Now, Tools, folder.File("package")).Folder);
        foreach (var name in new[] { "results/published-y30r21/positions.csv", "results/published-y30r21/statements.csv", "results/published-y30r21/total.csv", "measurements.html", "measurements.en.html", "README.txt" })
        {
            // The first digit of a cell, or of a number in a text, so that the change is larger than any difference between machines.
            var bytes = original[name];
            var at = Enumerable.Range(1, bytes.Length - 1).Last(i => bytes[i] is >= (byte)'1' and <= (byte)'9' && bytes[i - 1] is (byte)',' or (byte)' ' or (byte)'>' or (byte)'-');
            var files = PackageFixture.Forge(new(original, StringComparer.Ordinal) { [name] = PackageFixture.ChangeDigit(original[name], at) });
            var difference = Verification.Verify(PackageFixture.Zip(folder, files), Tools).Differences.ShouldHaveSingleItem(name);
            (difference.Kind, difference.File).ShouldBe((DifferenceKind.Value, name));
            difference.Row.ShouldNotBeNull();
        }
    }

    [Fact]
    public void Verify_InputForged_NamesTheResultsThatNoLongerFollow()
    {
        using var folder = new TemporaryFolder();
        var files = PackageFixture.Read(Small().Write(PackageFixture.Now, Tools, folder.File("package")).Folder);
        var lines = Encoding.UTF8.GetString(files["inputs/observations.csv"]).Split('\n');
        var at = Array.FindLastIndex(lines, line => line.StartsWith("y30r21_actual_persons,,", StringComparison.Ordinal));
        lines[at] = lines[at].Replace(",ok", "1,ok", StringComparison.Ordinal);
        files["inputs/observations.csv"] = Encoding.UTF8.GetBytes(string.Join('\n', lines));
        var result = Verification.Verify(PackageFixture.Zip(folder, PackageFixture.Forge(files)), Tools);
        result.Recomputed.ShouldBeTrue();
        result.Differences.ShouldContain(d => d.Kind == DifferenceKind.Fingerprint && d.File == "inputs/observations.csv");
        result.Differences.ShouldContain(d => d.Kind == DifferenceKind.Value && d.File.StartsWith("results/published-y30r21/", StringComparison.Ordinal));
    }

    [Fact]
    public void Verify_DefinitionsThatLackTheModel_SaysTheFileCannotBeUsed()
    {
        using var folder = new TemporaryFolder();
        var files = PackageFixture.Read(Small().Write(PackageFixture.Now, Tools, folder.File("package")).Folder);
        var definitions = PackageJson.Read<DefinitionSet>(files["definitions.json"]);
        files["definitions.json"] = PackageJson.Write(definitions with { Models = new SortedDictionary<string, ModelSpec>(StringComparer.Ordinal) });
        var result = Verification.Verify(PackageFixture.Zip(folder, PackageFixture.Forge(files)), Tools);
        result.Recomputed.ShouldBeFalse();
        result.Differences.ShouldHaveSingleItem().Kind.ShouldBe(DifferenceKind.Unreadable);
    }

    [Fact]
    public void Verify_AnyLineOfDefinitionsForged_IsAnAnswerAndNoDefect()
    {
        using var folder = new TemporaryFolder();
        var original = PackageFixture.Read(Small().Write(PackageFixture.Now, Tools, folder.File("package")).Folder);
        foreach (var name in new[] { "definitions.json", "measurements.json" })
        {
            ShouldAnswerWhateverTheLine(folder, original, name, 60);
        }
    }

    [Fact]
    public void Of_SmallCounts_AreHiddenBeforeAnythingIsComputed()
    {
        using var folder = new TemporaryFolder();
        var input = SmallInput(cell => cell.Indicator == "y30r21_actual_persons" && cell.Area is "101" or "147" ? cell with { Value = 1 + (cell.Period.Number % 4) } : cell);
        foreach (var largest in new[] { 2, 4 })
        {
            var publication = MeasurementPublication.Of([Spec(input)], input, largest);
            publication.Suppressed.ShouldBeGreaterThan(0);
            publication.HiddenIn.ShouldContain("101");
            var package = publication.Write(PackageFixture.Now, Tools, folder.File($"package-{largest}"));
            var files = PackageFixture.Read(package.Folder);
            foreach (var cell in PackageInputs.FromRecords(PackageCsv.Read(files["inputs/observations.csv"])).Where(cell => cell.Indicator is "y30r21_actual_persons" or "y30r21_expected_persons"))
            {
                (cell.Value is > 0 and var value && value < largest + 0.5).ShouldBeFalse($"{cell}");
            }

            Verification.Verify(package.Zip, Tools).Passed.ShouldBeTrue();
            Encoding.UTF8.GetString(files["README.txt"]).ShouldContain(input.Definitions.Municipalities.First(m => m.Code == "101").Name);

            // What the command shows is what the package holds.
            var shown = MeasurementTables.Of(publication.Result(publication.Specs[0]), publication.Input.Definitions);
            foreach (var table in shown)
            {
                PackageCsv.Write(table).ShouldBe(files[table.Name + ".csv"], table.Name);
            }
        }
    }

    [Fact]
    public void Of_SyntheticDenmark_GivesWhatAllTheFiguresGive()
    {
        string[] ids = ["ministry-2018", "kl-cluster-ranks", "jobindsats-comparison", "state-supervision"];
        var input = Quick(SyntheticInput.Input);
        var specs = ids.Select(id => input.Definitions.Measurements[id]).ToList();
        var publication = MeasurementPublication.Of(specs, input);
        publication.Input.Observations.Count.ShouldBeLessThan(input.Observations.Count);
        (publication.Suppressed, publication.Given.Count, publication.LeftOut.Count).ShouldBe((0, 0, 0));
        foreach (var spec in specs)
        {
            Text(MeasurementTables.Of(publication.Result(spec), input.Definitions)).ShouldBe(Text(MeasurementTables.Of(input.Measure(spec), input.Definitions)), spec.Id);
        }

        using var folder = new TemporaryFolder();
        var package = publication.Write(PackageFixture.Now, Tools, folder.File("package"));
        var result = Verification.Verify(package.Zip, Tools);
        result.Differences.ShouldBeEmpty();
        result.Passed.ShouldBeTrue();
        result.Files.Where(file => file.File.EndsWith(".csv", StringComparison.Ordinal)).ShouldAllBe(file => file.Depth == CheckDepth.Cells);
    }

    [Fact]
    public void Write_MeasurementOfPersons_HoldsTheResultAndNoPerson()
    {
        using var folder = new TemporaryFolder();
        var publication = MeasurementPublication.Of([SyntheticInput.Definitions.Measurements["akf-integration"]], WithSpellVintage(SyntheticInput.Integration.Spells));
        publication.Given.ShouldBe(["akf-integration"]);
        publication.Input.Spells.ShouldBeEmpty();
        var package = publication.Write(PackageFixture.Now, Tools, folder.File("package"));
        var files = PackageFixture.Read(package.Folder);
        files.Keys.ShouldContain("inputs/given.json");

        // Days, traits by person and numbers of persons too small: nothing of a single spell may be found.
        var spell = SyntheticInput.Integration.Spells[0];
        var day = NodaTime.Text.LocalDatePattern.Iso.Format(spell.Residence);
        files.Where(file => file.Key is not ("definitions.json" or "measurements.json" or "manifest.json" or "README.txt")).ShouldAllBe(file => !Encoding.UTF8.GetString(file.Value).Contains(day, StringComparison.Ordinal));
        var ranked = PackageCsv.Read(files["results/akf-integration/ranked.csv"]);
        foreach (var column in new[] { "persons", "events" })
        {
            var at = Array.IndexOf(ranked[0], column);
            ranked.Skip(1).ShouldAllBe(row => int.Parse(row[at], CultureInfo.InvariantCulture) > SmallNumbers.DefaultLargest);
        }

        var result = Verification.Verify(package.Zip, Tools);
        result.Differences.ShouldBeEmpty();
        result.Passed.ShouldBeTrue();
        result.Numbers.ShouldBe(PackageCsv.Read(files["inputs/observations.csv"]).Count - 1);
        result.Files.Where(file => file.Depth == CheckDepth.Hash).Select(file => file.File).ShouldBe(files.Keys.Where(name => name is "inputs/given.json" || name.StartsWith("results/akf-integration/", StringComparison.Ordinal)));
        Encoding.UTF8.GetString(files["README.txt"]).ShouldContain("Ikke regnet efter: akf-integration");

        ShouldAnswerWhateverTheLine(folder, files, "inputs/given.json", 20);

        // The copies of a given result must agree with it.
        var name = "results/akf-integration/ranked.csv";
        var changed = Array.FindLastIndex(files[name], letter => letter is >= (byte)'1' and <= (byte)'9');
        files[name] = PackageFixture.ChangeDigit(files[name], changed - 8);
        Verification.Verify(PackageFixture.Zip(folder, PackageFixture.Forge(files)), Tools).Passed.ShouldBeFalse();
    }

    [Fact]
    public void Of_MeasurementOfPersonsWithSmallCounts_IsLeftOut()
    {
        var spells = SyntheticInput.Integration.Spells.GroupBy(spell => spell.Area).SelectMany((area, i) => i == 0 ? area.Take(100).Select(spell => spell with { Episodes = [] }) : area).ToList();
        var publication = MeasurementPublication.Of([SyntheticInput.Definitions.Measurements["akf-integration"]], WithSpellVintage(Reached(spells)));
        publication.LeftOut.ShouldBe(["akf-integration"]);
        publication.Given.ShouldBeEmpty();
        publication.Result(publication.Specs[0]).Positions.ShouldNotBeEmpty();

        using var folder = new TemporaryFolder();
        var package = publication.Write(PackageFixture.Now, Tools, folder.File("package"));
        var files = PackageFixture.Read(package.Folder);
        files.Keys.ShouldAllBe(name => !name.StartsWith("results/", StringComparison.Ordinal) && name != "inputs/given.json");
        Encoding.UTF8.GetString(files["README.txt"]).ShouldContain("Ikke med: akf-integration");
        Verification.Verify(package.Zip, Tools).Differences.ShouldBeEmpty();
    }

    [Fact]
    public void Verify_EarlierVintage_IsRecomputedFromThePackageToo()
    {
        using var folder = new TemporaryFolder();
        var all = Quick(SyntheticInput.Input);
        var earlier = new MeasurementInput(
            all.Definitions,
            [.. all.Observations.Select(cell => cell.Indicator == "full_time_persons" && cell.Value is > 50 ? cell with { Value = Math.Round(cell.Value.Value * 1.01) } : cell)],
            [all.Vintages[0] with { Id = "synthetic-denmark-before", ValueHash = "1" }]);
        var input = new MeasurementInput(all.Definitions, all.Observations, all.Vintages) { Earlier = earlier };
        var publication = MeasurementPublication.Of([all.Definitions.Measurements["release-change"]], input);
        var package = publication.Write(PackageFixture.Now, Tools, folder.File("package"));
        var files = PackageFixture.Read(package.Folder);
        files.Keys.ShouldContain("inputs/earlier/observations.csv");
        Text(MeasurementTables.Of(publication.Result(publication.Specs[0]), all.Definitions)).ShouldBe(Text(MeasurementTables.Of(input.Measure(publication.Specs[0]), all.Definitions)));
        var result = Verification.Verify(package.Zip, Tools);
        result.Differences.ShouldBeEmpty();
        result.Passed.ShouldBeTrue();

        var lines = Encoding.UTF8.GetString(files["inputs/earlier/observations.csv"]).Split('\n');
        var at = Array.FindIndex(lines, line => line.StartsWith("full_time_persons,benefit_group=a-dagpenge,101,2023", StringComparison.Ordinal));
        lines[at] = lines[at].Replace(",ok", "9,ok", StringComparison.Ordinal);
        files["inputs/earlier/observations.csv"] = Encoding.UTF8.GetBytes(string.Join('\n', lines));
        Verification.Verify(PackageFixture.Zip(folder, PackageFixture.Forge(files)), Tools).Differences.ShouldContain(d => d.Kind == DifferenceKind.Fingerprint && d.File == "inputs/earlier/observations.csv");
    }

    [Fact]
    public void Verify_TheMinistrysOwnList_HoldsOnRealFigures()
    {
        using var folder = new TemporaryFolder();
        var (observations, definitions, model) = PublishedData.RealWithDefinitions();
        var quick = model with { Ranking = model.Ranking with { Draws = 300 }, PublishedFigures = model.PublishedFigures! with { Replications = 30 } };
        var input = Input(definitions, observations, quick, PublishedData.Vintage with { Synthetic = false });
        var publication = MeasurementPublication.Of([Spec(input)], input);
        var package = publication.Write(PackageFixture.Now, Tools, folder.File("package"));
        var result = Verification.Verify(package.Zip, Tools);
        result.Differences.ShouldBeEmpty();
        (result.Passed, result.LargestDifference).ShouldBe((true, 0.0));
        PackageFixture.Read(package.Folder).Keys.ShouldNotContain("SYNTHETIC-SYNTETISKE-DATA.txt");
        PackageCsv.Read(File.ReadAllBytes(Path.Combine(package.Folder, "results", "published-y30r21", "ranks.csv"))).Count.ShouldBe(99);
    }

    private static void ShouldAnswerWhateverTheLine(TemporaryFolder folder, SortedDictionary<string, byte[]> original, string name, int times)
    {
        var lines = Encoding.UTF8.GetString(original[name]).Split('\n');
        var random = new Statistics.Numerics.CounterRandom(lines.Length);
        for (var i = 0; i < times; i++)
        {
            var at = (int)(random.Uniforms(0, i).First * lines.Length);
            var colon = lines[at].IndexOf(": ", StringComparison.Ordinal);
            string[] forged = [.. lines];
            forged[at] = (i % 3) switch
            {
                0 => "",
                1 => (colon < 0 ? "" : lines[at][..(colon + 2)]) + "null" + (lines[at].EndsWith(',') ? "," : ""),
                _ => lines[at].Replace("y30r21", "other", StringComparison.Ordinal).Replace("published", "measured", StringComparison.Ordinal).Replace("1", "-1", StringComparison.Ordinal),
            };
            var files = PackageFixture.Forge(new(original, StringComparer.Ordinal) { [name] = Encoding.UTF8.GetBytes(string.Join('\n', forged)) });
            var result = Verification.Verify(PackageFixture.Zip(folder, files), Tools);
            (result.Recomputed || result.Differences.Count > 0).ShouldBeTrue($"{name}, line {at + 1}: {forged[at]}");
        }
    }

    internal static MeasurementPublication Small()
    {
        var input = SmallInput(cell => cell);
        return MeasurementPublication.Of([Spec(input)], input);
    }

    private static MeasurementInput SmallInput(Func<Observation, Observation> change)
    {
        IReadOnlyList<Observation> observations = [.. PackageFixture.Observations.Select(change)];
        var model = PackageFixture.Spec();
        return Input(PackageFixture.Definitions, observations, model, PublishedData.Vintage with { ValueHash = ValueHash.Of(PackageInputs.Used(model, PackageFixture.Definitions, observations)) });
    }

    private static MeasurementInput Input(DefinitionSet definitions, IReadOnlyList<Observation> observations, ModelSpec model, VintageReference vintage) => new(
        definitions with
        {
            Models = new SortedDictionary<string, ModelSpec>(StringComparer.Ordinal) { [model.Id] = model },
            Measurements = new SortedDictionary<string, MeasurementSpec>(StringComparer.Ordinal) { ["published-y30r21"] = SyntheticInput.Definitions.Measurements["published-y30r21"] with { Model = model.Id } },
        },
        observations,
        [vintage]);

    private static MeasurementSpec Spec(MeasurementInput input) => input.Definitions.Measurements["published-y30r21"];

    /// <summary>Without persons and with few draws: these tests are about the package, not about its numbers.</summary>
    private static MeasurementInput Quick(MeasurementInput input)
    {
        var model = input.Definitions.Models["synthetic-denmark"];
        var models = new SortedDictionary<string, ModelSpec>(StringComparer.Ordinal) { [model.Id] = model with { Periods = model.Periods with { Select = [.. model.Periods.Select.TakeLast(2)], TrendMonths = 0 }, Ranking = model.Ranking with { Draws = 50 } } };
        return new MeasurementInput(input.Definitions with { Models = models }, input.Observations, input.Vintages);
    }

    private static MeasurementInput WithSpellVintage(IReadOnlyList<ResidenceSpell> spells) => new(
        SyntheticInput.Definitions,
        SyntheticInput.Input.Observations,
        [.. SyntheticInput.Input.Vintages, new VintageReference("integration-spells-test", MeasurementInput.SpellsTable, "integration-spells.csv", "2025-01-15T00:00:00Z", "0", Synthetic: true)],
        spells);

    /// <summary>Lets one person of the first municipality get work, and no other there.</summary>
    private static IReadOnlyList<ResidenceSpell> Reached(List<ResidenceSpell> spells)
    {
        var first = spells.FindIndex(spell => spell.ObservedTo > spell.Residence.PlusYears(3));
        spells[first] = spells[first] with { Episodes = [new Episode(EpisodeKind.OrdinaryWork, spells[first].Residence.PlusMonths(6), spells[first].Residence.PlusMonths(24), 37)] };
        return spells;
    }

    private static string Text(IEnumerable<ResultTable> tables) => string.Concat(tables.Select(table => table.Name + "\n" + Encoding.UTF8.GetString(PackageCsv.Write(table))));
}
