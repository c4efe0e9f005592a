using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Tests.Measurements;

/// <summary>The form of AKF's figure of January 2009 (94 municipalities, 1999-2007), as printed.</summary>
public sealed class RankCategoriesTests
{
    // Category by category, alphabetically as printed; * = among the ten fastest or the ten slowest.
    private static readonly string[] Printed =
    [
        "Allerød, Ballerup, Billund*, Egedal, Frederikshavn*, Frederikssund, Greve, Halsnæs*, Hedensted*, Hillerød, Hjørring, Horsens*, Høje-Taastrup*, Hørsholm*, Ishøj*, Jammerbugt, Skanderborg, Tårnby*, Vallensbæk*",
        "Albertslund, Bornholm, Faaborg-Midtfyn, Glostrup, Gribskov, Guldborgsund, Herlev, Kerteminde, Middelfart, Odder, Ringsted, Roskilde, Rudersdal, Rødovre, Silkeborg, Slagelse, Sønderborg, Vejen, Vejle",
        "Brøndby, Fredensborg, Gladsaxe, Helsingør, Herning, Holstebro, Hvidovre, Ikast-Brande, Kalundborg, København, Køge, Næstved, Rebild, Stevns, Struer, Varde, Vesthimmerland, Vordingborg, Aabenraa",
        "Assens, Bogense, Brønderslev-Dronninglund, Esbjerg, Favrskov, Fredericia, Furesø, Gentofte, Holbæk, Kolding, Lejre, Morsø, Norddjurs, Odense, Randers, Solrød, Syddjurs, Thisted, Aalborg",
        "Dragør*, Faxe, Frederiksberg*, Haderslev, Langeland*, Lemvig*, Lolland*, Lyngby-Taarbæk, Mariagerfjord, Nyborg*, Odsherred*, Ringkøbing-Skjern, Skive*, Sorø*, Svendborg, Tønder*, Viborg, Århus",
    ];

    // The figure prints no ranks. Any speeds within the categories that put the marked first or last must give the printed form.
    private static List<(string Name, int Category, bool Marked, double Speed)> Units(int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Printed.SelectMany((line, category) => line.Split(", ").Select(entry =>
            {
                var marked = entry.EndsWith('*');
                var speed = 10.0 * (Printed.Length - category) + random.NextDouble() + (marked ? category == 0 ? 5 : -5 : 0);
                return (entry.TrimEnd('*'), category, marked, speed);
            })).OrderBy(_ => random.Next()),
        ];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_Akf2009_GivesTheFigureAsPrinted(int seed)
    {
        var units = Units(seed);
        var result = RankCategories.Of([.. units.Select(unit => unit.Speed)], [.. units.Select(unit => unit.Name)], 5, 10);

        result.GroupBy(unit => unit.Category).Select(category => string.Join(", ", category.Select(unit => units[unit.Unit].Name + (unit.Marked ? "*" : "")))).ShouldBe(Printed);
        RankCategories.Sizes(94, 5).ShouldBe([19, 19, 19, 19, 18]);
        result.Where(unit => unit.Marked).GroupBy(unit => unit.Category).Select(category => (category.Key, category.Count())).ShouldBe([(0, 10), (4, 10)]);
    }

    [Theory]
    [InlineData(98, new[] { 20, 20, 20, 19, 19 })]
    [InlineData(5, new[] { 1, 1, 1, 1, 1 })]
    [InlineData(3, new[] { 1, 1, 1, 0, 0 })]
    [InlineData(0, new[] { 0, 0, 0, 0, 0 })]
    public void Sizes_Any_GiveTheRemainderToTheFirst(int units, int[] sizes) => RankCategories.Sizes(units, 5).ShouldBe(sizes);

    [Fact]
    public void Of_FewUnitsAllTied_GoByNameAndNobodyIsMarkedTwice()
    {
        var result = RankCategories.Of([1, 1, 1], ["Aarhus", "Zealand", "Assens"], 2, 10);

        result.Select(unit => (unit.Unit, unit.Category, unit.Marked)).ShouldBe([(2, 0, true), (1, 0, false), (0, 1, true)]);
    }

    [Theory]
    [InlineData("Aabenraa", "Østerby")]
    [InlineData("Aalborg", "Thisted")]
    [InlineData("Faaborg", "Furesø")]
    [InlineData("Ærø", "Zebra")]
    [InlineData("Ølgod", "Ærø")]
    [InlineData("Århus", "Ølgod")]
    [InlineData("Høje-Taastrup", "Horsens")]
    public void DanishOrder_Names_SortsTheFirstAfterTheSecond(string later, string earlier) =>
        DanishOrder.Comparer.Compare(later, earlier).ShouldBePositive();
}
