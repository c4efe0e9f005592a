using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Sources.Synthetic;
using Fikspunkt.Sources.Tests.Synthetic;
using Fikspunkt.Testing;

namespace Fikspunkt.Sources.Tests;

/// <summary>Persons from residence on: made up, written, read back, and faults in the file.</summary>
public sealed class ResidenceSpellFileTests : IDisposable
{
    private const string Header = "person,area,residence,observed_to,age,sex,episode,from,to,hours\n";
    private static readonly DefinitionSet Definitions = new(SyntheticMunicipalities.All, [], [], null!, null!, null!, [], []);
    private static readonly SyntheticIntegration Integration = SyntheticIntegration.Generate(SyntheticMunicipalities.Draw.Structure);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Write_SyntheticSpells_ReadBackAsTheyWere()
    {
        var path = Path.Combine(folder.Path, "spells.csv");
        ResidenceSpellFile.Write(Integration.Spells, path);
        var read = ResidenceSpellFile.Read(path, Definitions, TestContext.Current.CancellationToken);

        read.Count.ShouldBe(Integration.Spells.Count);
        foreach (var (found, made) in read.Zip(Integration.Spells))
        {
            (found.Area, found.Residence, found.ObservedTo, found.Age).ShouldBe((made.Area, made.Residence, made.ObservedTo, made.Age));
            found.Traits.ShouldBe(made.Traits);
            found.Episodes.ShouldBe(made.Episodes);
        }
    }

    [Fact]
    public void Generate_SameSeed_SamePersons_OtherSeed_Others()
    {
        var again = SyntheticIntegration.Generate(SyntheticStructure.Create(new SyntheticOptions(), SyntheticMunicipalities.All));
        var other = SyntheticIntegration.Generate(SyntheticStructure.Create(new SyntheticOptions(Seed: 2016), SyntheticMunicipalities.All));

        again.TrueEffects.ShouldBe(Integration.TrueEffects);
        again.Spells.Select(spell => (spell.Residence, spell.Age)).ShouldBe(Integration.Spells.Select(spell => (spell.Residence, spell.Age)));
        other.TrueEffects.ShouldNotBe(Integration.TrueEffects);
    }

    [Fact]
    public void Generate_DemoSeed_HasSmallMunicipalitiesAndEffectsOfTheSizeStated()
    {
        var persons = Integration.Spells.CountBy(spell => spell.Area).ToDictionary();
        var effects = Integration.TrueEffects.Values.ToList();

        persons.Where(pair => pair.Value < 80).Select(pair => pair.Key).Order(StringComparer.Ordinal).ShouldBe(["492", "563", "741", "825"]);
        persons.Count.ShouldBe(98);

        // 98 draws: mean within three standard errors of 0, standard deviation within three of its own.
        effects.Average().ShouldBe(0, 3 * SyntheticIntegration.EffectSd / Math.Sqrt(98));
        Math.Sqrt(effects.Average(effect => effect * effect)).ShouldBe(SyntheticIntegration.EffectSd, 3 * SyntheticIntegration.EffectSd / Math.Sqrt(2 * 98));
    }

    [Fact]
    public void Generate_FewMonths_GivesPersonsOfTheFirstYear() =>
        SyntheticIntegration.Generate(SyntheticStructure.Create(new SyntheticOptions(Months: 12), SyntheticMunicipalities.All)).Spells.ShouldAllBe(spell => spell.Residence.Year == SyntheticOptions.FirstYear && spell.ObservedTo > spell.Residence);

    [Fact]
    public void Read_SeveralRowsOfAPerson_AreOnePerson()
    {
        var spell = Read($"7,{SyntheticMunicipalities.All[0].Name},2001-02-03,2004-01-01,30,kvinde,ordinary-work,2002-01-01,2002-09-01,37\n7,{SyntheticMunicipalities.All[0].Code},2001-02-03,2004-01-01,30,kvinde,other-education,2003-01-01,2003-02-01,\n").ShouldHaveSingleItem();

        (spell.Area, spell.Traits["sex"]).ShouldBe((SyntheticMunicipalities.All[0].Code, "kvinde"));
        spell.Episodes.Select(episode => (episode.Kind, episode.HoursPerWeek)).ShouldBe([(EpisodeKind.OrdinaryWork, 37), (EpisodeKind.OtherEducation, 0)]);
    }

    [Theory]
    [InlineData("7,Utopia,2001-02-03,2004-01-01,30,kvinde,,,,", "Utopia")]
    [InlineData("7,101,2001-02-30,2004-01-01,30,kvinde,,,,", "2001-02-30")]
    [InlineData("7,101,2004-02-03,2004-01-01,30,kvinde,,,,", "observed_to")]
    [InlineData("7,101,2001-02-03,2004-01-01,-1,kvinde,,,,", "age")]
    [InlineData("7,101,2001-02-03,2004-01-01,30,,,,,", "sex")]
    [InlineData(",101,2001-02-03,2004-01-01,30,kvinde,,,,", "person")]
    [InlineData("7,101,2001-02-03,2004-01-01,30,kvinde,job,2002-01-01,2002-09-01,37", "job")]
    [InlineData("7,101,2001-02-03,2004-01-01,30,kvinde,ordinary-work,2002-01-01,2001-09-01,37", "2001-09-01")]
    [InlineData("7,101,2001-02-03,2004-01-01,30,kvinde,ordinary-work,2002-01-01,2002-09-01,NaN", "hours")]
    [InlineData("7,101,2001-02-03,2004-01-01,30,kvinde,ordinary-work,2002-01-01,2002-09-01,-5", "hours")]
    [InlineData("7,101,2001-02-03,2004-01-01,30,kvinde,ordinary-work,2002-01-01,,37", "to")]
    [InlineData("010190-1234,101,2001-02-03,2004-01-01,30,kvinde,,,,", "CPR")]
    [InlineData("0101901234,101,2001-02-03,2004-01-01,30,kvinde,,,,", "CPR")]
    public void Read_WrongRow_SaysWhereAndWhat(string row, string named)
    {
        var problem = Should.Throw<InputException>(() => Read(row + "\n")).Problems.ShouldHaveSingleItem();

        problem.Line.ShouldBe(2);
        problem.ToString().ShouldContain(named);
    }

    [Fact]
    public void Read_CprNumber_IsNotShown() =>
        Should.Throw<InputException>(() => Read("010190-1234,101,2001-02-03,2004-01-01,30,kvinde,,,,\n")).Problems.ShouldHaveSingleItem().ToString().ShouldNotContain("1234");

    [Fact]
    public void Read_PersonWhoDiffersBetweenRows_IsRefused() =>
        Should.Throw<InputException>(() => Read("7,101,2001-02-03,2004-01-01,30,kvinde,,,,\n7,101,2001-02-03,2004-01-01,31,kvinde,,,,\n")).Problems.ShouldHaveSingleItem().Line.ShouldBe(3);

    [Fact]
    public void Read_ColumnMissing_NamesIt()
    {
        var path = Path.Combine(folder.Path, "short.csv");
        File.WriteAllText(path, "person,area,residence\n1,101,2001-01-01\n");
        Should.Throw<InputException>(() => ResidenceSpellFile.Read(path, Definitions, TestContext.Current.CancellationToken)).Problems.Select(problem => problem.Expected).ShouldBe(["observed_to", "age", "episode", "from", "to", "hours"]);
    }

    private IReadOnlyList<ResidenceSpell> Read(string rows)
    {
        var path = Path.Combine(folder.Path, "spells.csv");
        File.WriteAllText(path, Header + rows);
        return ResidenceSpellFile.Read(path, Definitions, TestContext.Current.CancellationToken);
    }
}
