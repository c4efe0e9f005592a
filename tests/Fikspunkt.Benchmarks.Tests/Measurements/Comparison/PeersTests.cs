using Fikspunkt.Benchmarks.Measurements.Comparison;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Groups;

namespace Fikspunkt.Benchmarks.Tests.Measurements.Comparison;

/// <summary>Who is most like Aalborg, 1 April 2010: it depends on what shares are shares of. Statistics Denmark, FOLK1, in the thesis of 2010 (Aalborg
/// Universitet), table 3: population, persons of Danish origin, and persons from the ten non-western countries with most persons in Denmark.</summary>
public sealed class PeersTests
{
    private const int Somalia = 6;

    private static readonly (string Name, double Population, double Danish, double[] Countries)[] Table =
    [
        ("Aalborg", 197702, 182378, [680, 961, 935, 742, 62, 209, 1034, 627, 753, 276]),
        ("København", 530902, 415131, [7991, 6339, 4528, 1686, 8509, 4323, 4390, 3125, 1004, 1139]),
        ("Århus", 307119, 263415, [4191, 3318, 4678, 351, 256, 136, 3804, 2267, 2417, 1469]),
        ("Odense", 188907, 163665, [2458, 2479, 2546, 1558, 678, 488, 1790, 1029, 2102, 252]),
        ("Esbjerg", 115049, 105451, [877, 652, 386, 952, 35, 176, 406, 162, 643, 122]),
        ("Vejle", 106603, 97799, [521, 687, 609, 893, 31, 269, 167, 292, 219, 404]),
        ("Frederiksberg", 97368, 81605, [868, 574, 200, 388, 689, 434, 283, 383, 91, 139]),
        ("Randers", 94828, 89471, [738, 79, 64, 950, 0, 232, 164, 100, 63, 160]),
        ("Viborg", 93474, 88291, [80, 229, 57, 270, 10, 65, 180, 152, 273, 190]),
        ("Kolding", 89160, 81388, [302, 78, 303, 1026, 7, 417, 592, 211, 348, 582]),
    ];

    private static readonly RowMatrix Profile = RowMatrix.FromColumns([.. Enumerable.Range(0, 10).Select(country => Table.Select(row => row.Countries[country]).ToArray())]);
    private static readonly RowMatrix OneGroup = RowMatrix.FromColumns([.. Table.Select(row => row.Countries[Somalia])]);

    [Theory]
    [InlineData("population", "Kolding")]
    [InlineData("foreign", "Odense")]
    [InlineData("parts", "Århus")]
    public void ByComposition_ShareFromSomalia_TheNearestPeerChangesWithTheBase(string of, string nearest) =>
        Nearest(Peers.ByComposition(OneGroup, Base(of), CompositionDistance.Manhattan)).ShouldBe(nearest);

    [Theory]
    [InlineData("population", "Viborg")]
    [InlineData("foreign", "Viborg")]
    [InlineData("parts", "Odense")]
    public void ByComposition_WholeProfile_TheNearestPeerChangesWithTheBase(string of, string nearest) =>
        Nearest(Peers.ByComposition(Profile, Base(of), CompositionDistance.Manhattan)).ShouldBe(nearest);

    [Theory]
    [InlineData("population", "Viborg:1.69,Esbjerg:1.69,Vejle:1.84,Kolding:2.44,Frederiksberg:2.56,Randers:2.94,Århus:4.92,Odense:4.98,København:5.43")]
    [InlineData("foreign", "Viborg:17.09,Esbjerg:20.12,Århus:21.58,Odense:21.59")]
    [InlineData("parts", "Odense:25.45,Århus:30.68")]
    public void ByComposition_SumOfDifferencesInPercentagePoints_IsThatOfTheSource(string of, string expected) =>
        Check(Peers.ByComposition(Profile, Base(of), CompositionDistance.Manhattan), expected, scale: 100, rounding: 0.005);

    [Fact]
    public void ByComposition_HalfTheSumOfDifferencesWithinTheTenGroups_IsThatOfTheSource() => Check(
        Peers.ByComposition(Profile, Base("parts"), CompositionDistance.TotalVariation),
        "Odense:0.127,Århus:0.153,Viborg:0.216,Esbjerg:0.221,Vejle:0.221,Kolding:0.328,København:0.332,Frederiksberg:0.340,Randers:0.512",
        scale: 1,
        rounding: 0.0005);

    [Fact]
    public void ByConditions_UnitsOfMeasurement_DoNotMatter()
    {
        var conditions = RowMatrix.FromColumns([1, 2, 4, 7], [3, 1, 0, 2]);
        var scaled = RowMatrix.FromColumns([10, 20, 40, 70], [0.3, 0.1, 0, 0.2]);
        double[] shares = [0.02, 0.03, 0.05, 0.06];
        foreach (var (one, other) in ((Distances, Distances)[])[(Peers.ByConditions(conditions), Peers.ByConditions(scaled)), (Peers.ByWeightedConditions(conditions, shares, [1, 2, 3, 4]), Peers.ByWeightedConditions(scaled, shares, [1, 2, 3, 4]))])
        {
            for (var unit = 1; unit < 4; unit++)
            {
                one[0, unit].ShouldBe(other[0, unit], 1e-9);
            }
        }
    }

    private static double[] Base(string of) => of switch
    {
        "population" => [.. Table.Select(row => row.Population)],
        "foreign" => [.. Table.Select(row => row.Population - row.Danish)],
        _ => Shares.RowSums(Profile),
    };

    private static string Nearest(Distances distances) => Table[NearestNeighbours.Of(distances, 1).Unit[0][0]].Name;

    /// <summary>The nearest in their order, with distances as the source rounds them.</summary>
    private static void Check(Distances distances, string expected, double scale, double rounding)
    {
        var named = expected.Split(',').Select(text => text.Split(':')).ToList();
        var found = NearestNeighbours.Of(distances, named.Count);
        for (var place = 0; place < named.Count; place++)
        {
            // Where the source's figures are equal, either may come first.
            var own = Array.FindIndex(Table, row => row.Name == named[place][0]);
            found.Unit[0].ShouldContain(own);
            (scale * distances[0, own]).ShouldBe(double.Parse(named[place][1], System.Globalization.CultureInfo.InvariantCulture), rounding + 1e-9);
        }
    }
}
