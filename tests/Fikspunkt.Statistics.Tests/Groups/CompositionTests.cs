using Fikspunkt.Statistics.Groups;

namespace Fikspunkt.Statistics.Tests.Groups;

/// <summary>Ten Danish municipalities by origin, 1 April 2010 (StatBank FOLK1), as printed in a thesis on benchmarking (Aalborg
/// Universitet 2010, table 3): persons in all, of Danish origin, and from ten countries. Who is most like Aalborg depends on the base.</summary>
public sealed class CompositionTests
{
    private const int Aalborg = 2;

    private static readonly string[] Names = ["København", "Århus", "Aalborg", "Odense", "Esbjerg", "Vejle", "Frederiksberg", "Randers", "Viborg", "Kolding", "Hele landet"];

    private static readonly double[] Persons = [530902, 307119, 197702, 188907, 115049, 106603, 97368, 94828, 93474, 89160, 5540241];

    private static readonly double[] Danish = [415131, 263415, 182378, 163665, 105451, 97799, 81605, 89471, 88291, 81388, 4992202];

    private static readonly RowMatrix Origin = new(11, 10,
    [
        7991, 6339, 4528, 1686, 8509, 4323, 4390, 3125, 1004, 1139,
        4191, 3318, 4678, 351, 256, 136, 3804, 2267, 2417, 1469,
        680, 961, 935, 742, 62, 209, 1034, 627, 753, 276,
        2458, 2479, 2546, 1558, 678, 488, 1790, 1029, 2102, 252,
        877, 652, 386, 952, 35, 176, 406, 162, 643, 122,
        521, 687, 609, 893, 31, 269, 167, 292, 219, 404,
        868, 574, 200, 388, 689, 434, 283, 383, 91, 139,
        738, 79, 64, 950, 0, 232, 164, 100, 63, 160,
        80, 229, 57, 270, 10, 65, 180, 152, 273, 190,
        302, 78, 303, 1026, 7, 417, 592, 211, 348, 582,
        59487, 29409, 23833, 22271, 20484, 19051, 16824, 15333, 13938, 12782,
    ]);

    [Fact]
    public void TotalVariation_OfTheTenCountries_FindsOdenseFirst()
    {
        var distances = Compositions.Distances(Shares.Of(Origin, Shares.RowSums(Origin)), CompositionDistance.TotalVariation);
        Nearest(distances).ShouldBe(["Odense", "Århus", "Viborg", "Esbjerg", "Vejle", "Hele landet", "Kolding", "København", "Frederiksberg", "Randers"]);
        From(distances).ShouldBe([0.332, 0.153, 0, 0.127, 0.221, 0.221, 0.340, 0.512, 0.216, 0.328, 0.284], 0.0005);
    }

    [Fact]
    public void Manhattan_OfAllPersons_FindsViborgFirst()
    {
        var distances = Compositions.Distances(Shares.Of(Origin, Persons), CompositionDistance.Manhattan);
        Nearest(distances).ShouldBe(["Viborg", "Esbjerg", "Vejle", "Hele landet", "Kolding", "Frederiksberg", "Randers", "Århus", "Odense", "København"]);
        From(distances).Select(d => 100 * d).ToArray().ShouldBe([5.43, 4.92, 0, 4.98, 1.69, 1.84, 2.56, 2.94, 1.69, 2.44, 1.90], 0.0051);
    }

    [Fact]
    public void Manhattan_OfForeignOrigin_FindsViborgFirstAndOdenseFourth()
    {
        var distances = Compositions.Distances(Shares.Of(Origin, Foreign()), CompositionDistance.Manhattan);
        Nearest(distances)[..4].ShouldBe(["Viborg", "Esbjerg", "Århus", "Odense"]);
        (100 * distances[Aalborg, 8]).ShouldBe(17.09, 0.0051);
        (100 * distances[Aalborg, 4]).ShouldBe(20.12, 0.0051);
        (100 * distances[Aalborg, 1]).ShouldBe(21.58, 0.0051);
        (100 * distances[Aalborg, 3]).ShouldBe(21.59, 0.0051);
    }

    [Theory]
    [InlineData("persons", 0.523, "Kolding", 0.664)]
    [InlineData("foreign", 6.75, "Odense", 7.09)]
    [InlineData("counted", 16.47, "Århus", 16.62)]
    public void ShareOfOneCountry_NearestPeer_DependsOnTheBase(string shareBase, double own, string peer, double theirs)
    {
        // Somalia is the seventh country.
        var somalia = new RowMatrix(10, 1, Shares.Column(Origin, 6)[..10]);
        var of = shareBase switch { "persons" => Persons, "foreign" => Foreign(), _ => Shares.RowSums(Origin) };
        var shares = Shares.Of(somalia, of.AsSpan(0, 10));
        (100 * shares[Aalborg, 0]).ShouldBe(own, 0.0051);
        var nearest = NearestNeighbours.Of(Distances.Euclidean(shares), 1).Unit[Aalborg][0];
        Names[nearest].ShouldBe(peer);
        (100 * shares[nearest, 0]).ShouldBe(theirs, 0.0051);
    }

    [Fact]
    public void Aitchison_ZeroShare_IsNamedAndCanBeReplaced()
    {
        var shares = Shares.Of(Origin, Shares.RowSums(Origin));
        var fault = Should.Throw<InvalidValueException>(() => Compositions.Distances(shares, CompositionDistance.Aitchison));
        (fault.Row, fault.Column, fault.Value).ShouldBe((7, 4, 0));
        var replaced = Compositions.ReplaceZeros(shares, 1e-4);
        replaced[7, 4].ShouldBe(1e-4);
        replaced.Row(7).ToArray().Sum().ShouldBe(1, 1e-14);
        (replaced[7, 0] / replaced[7, 1]).ShouldBe(738 / 79.0, 1e-12);
        Nearest(Compositions.Distances(replaced, CompositionDistance.Aitchison))[^1].ShouldBe("Randers");
    }

    [Fact]
    public void Aitchison_AnyBase_IsTheSame() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (shares, random) = (Made(seed), new Random(seed));
            var scaled = new RowMatrix(shares.Rows, shares.Columns, (double[])shares.Values.Clone());
            for (var i = 0; i < shares.Rows; i++)
            {
                var factor = random.NextDouble() + 0.1;
                foreach (ref var share in scaled.Row(i))
                {
                    share *= factor;
                }
            }

            var (before, after) = (Compositions.Distances(shares, CompositionDistance.Aitchison), Compositions.Distances(scaled, CompositionDistance.Aitchison));
            DistanceTests.ForAllPairs(shares.Rows, (a, b) => after[a, b].ShouldBe(before[a, b], 1e-12));
        });

    [Fact]
    public void Aitchison_SmallExample_IsTheClosedForm()
    {
        // Two parts: |log(p1/p2) - log(q1/q2)| / sqrt 2.
        var distances = Compositions.Distances(new RowMatrix(2, 2, [0.2, 0.8, 0.5, 0.5]), CompositionDistance.Aitchison);
        distances[0, 1].ShouldBe(Math.Log(4) / Math.Sqrt(2), 1e-15);
    }

    [Fact]
    public void CompositionDistances_ClosedShares_KeepTheirBoundsAndRelations() =>
        RandomData.ForAllSeeds(seed =>
        {
            var shares = Made(seed);
            var of = Enum.GetValues<CompositionDistance>().ToDictionary(kind => kind, kind => Compositions.Distances(shares, kind));
            DistanceTests.ForAllPairs(shares.Rows, (a, b) =>
            {
                var variation = of[CompositionDistance.TotalVariation][a, b];
                variation.ShouldBeInRange(0, 1);
                of[CompositionDistance.Manhattan][a, b].ShouldBe(2 * variation, 1e-15);
                of[CompositionDistance.BrayCurtis][a, b].ShouldBe(variation, 1e-14);
                var hellinger = of[CompositionDistance.Hellinger][a, b];
                (hellinger * hellinger).ShouldBeLessThanOrEqualTo(variation + 1e-15);
                variation.ShouldBeLessThanOrEqualTo((Math.Sqrt(2) * hellinger) + 1e-15);
            });
        });

    [Fact]
    public void Hellinger_NothingInCommon_IsOne() =>
        Compositions.Distances(new RowMatrix(2, 2, [1, 0, 0, 1]), CompositionDistance.Hellinger)[0, 1].ShouldBe(1, 1e-15);

    [Fact]
    public void BrayCurtis_EmptyRows_AreAtDistanceZero() =>
        Compositions.Distances(new RowMatrix(2, 2), CompositionDistance.BrayCurtis)[0, 1].ShouldBe(0);

    [Fact]
    public void Shares_ImpossibleInput_Throw()
    {
        var counts = new RowMatrix(2, 2, [1, 2, 3, 4]);
        Should.Throw<InvalidValueException>(() => Shares.Of(counts, [3, 3.5])).Message.ShouldBe("counts[1, 1] is 4; expected a count not above its base, 3.5.");
        Should.Throw<InvalidValueException>(() => Shares.Of(counts, [3, 0])).Argument.ShouldBe("shareBase");
        Should.Throw<InvalidValueException>(() => Shares.RowSums(new RowMatrix(1, 2, [1, -1]))).Column.ShouldBe(1);
        Should.Throw<InvalidValueException>(() => Shares.Of(new RowMatrix(1, 1, [double.NaN]), [1]));
        Should.Throw<ArgumentException>(() => Shares.Of(counts, [1]));
        Should.Throw<InvalidValueException>(() => Compositions.Distances(new RowMatrix(1, 1, [-0.1]), CompositionDistance.Euclidean));
        Should.Throw<InvalidValueException>(() => Compositions.ReplaceZeros(new RowMatrix(1, 2, [0, 1]), 2)).Argument.ShouldBe("replacement");
    }

    private static double[] Foreign() => [.. Persons.Zip(Danish, (all, danish) => all - danish)];

    private static string[] Nearest(Distances distances) =>
        [.. NearestNeighbours.Of(distances, distances.Count - 1).Unit[Aalborg].Select(unit => Names[unit])];

    private static double[] From(Distances distances) => [.. Enumerable.Range(0, distances.Count).Select(unit => distances[Aalborg, unit])];

    private static RowMatrix Made(int seed)
    {
        var random = new Random(seed);
        var counts = new RowMatrix(8, 5, [.. Enumerable.Range(0, 40).Select(_ => (double)random.Next(1, 1000))]);
        return Shares.Of(counts, Shares.RowSums(counts));
    }
}
