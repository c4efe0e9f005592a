using Fikspunkt.Statistics.Groups;
using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Statistics.Tests.Groups;

public sealed class DistanceTests
{
    [Fact]
    public void ZScores_ShiftedAndScaledColumns_StayTheSame() =>
        RandomData.ForAllSeeds(seed =>
        {
            var x = Made(seed, 12, 3);
            var z = ZScores.Of(x).Z;
            var moved = ZScores.Of(Each(x, (value, column) => (value * (column + 0.5) * 1e6) + (1e9 * column))).Z;
            for (var i = 0; i < z.Values.Length; i++)
            {
                moved.Values[i].ShouldBe(z.Values[i], 1e-7);
            }
        });

    [Fact]
    public void ZScores_AnyData_HaveMeanZeroAndDeviationOne()
    {
        var again = ZScores.Of(ZScores.Of(Made(4, 40, 5)).Z);
        again.Mean.ShouldBe(new double[5], 1e-15);
        again.StandardDeviation.ShouldBe([1, 1, 1, 1, 1], 1e-14);
    }

    [Fact]
    public void ZScores_ConstantColumns_AreNamed()
    {
        var x = RowMatrix.FromColumns([1, 2, 3], [0.1, 0.1, 0.1], [7, 7, 8], [1e12, 1e12, 1e12]);
        Should.Throw<ConstantColumnsException>(() => ZScores.Of(x)).Columns.ShouldBe([1, 3]);
        Should.Throw<ConstantColumnsException>(() => Distances.Mahalanobis(x)).Columns.ShouldBe([1, 3]);
    }

    [Fact]
    public void ZScores_ImpossibleInput_Throw()
    {
        Should.Throw<TooFewUnitsException>(() => ZScores.Of(new RowMatrix(1, 2))).Needed.ShouldBe(2);
        Should.Throw<InvalidValueException>(() => ZScores.Of(RowMatrix.FromColumns([1, double.NaN]))).Row.ShouldBe(1);
        Should.Throw<InvalidValueException>(() => ZScores.Of(RowMatrix.FromColumns([1, double.PositiveInfinity])));
        Should.Throw<InvalidValueException>(() => ZScores.Of(RowMatrix.FromColumns([1e200, -1e200])));
        Should.Throw<InvalidValueException>(() => Distances.Euclidean(RowMatrix.FromColumns([1, double.NaN])));
    }

    [Fact]
    public void Euclidean_HugeAndTinyDifferences_NeitherOverflowNorVanish()
    {
        Distances.Euclidean(RowMatrix.FromColumns([0, 3e200], [0, 4e200]))[0, 1].ShouldBe(5e200, 1e186);
        Distances.Euclidean(RowMatrix.FromColumns([0, 3e-200], [0, 4e-200]))[1, 0].ShouldBe(5e-200, 1e-214);
    }

    [Fact]
    public void Mahalanobis_LinearRecoding_StaysTheSame() =>
        RandomData.ForAllSeeds(seed =>
        {
            var x = Made(seed, 15, 3);
            var recoded = RowMatrix.FromColumns(
                [.. Rows(x).Select(row => row[0] + (2 * row[1]) + 5)], [.. Rows(x).Select(row => (100 * row[1]) - row[2])], [.. Rows(x).Select(row => row[0] / 7)]);
            var (before, after) = (Distances.Mahalanobis(x), Distances.Mahalanobis(recoded));
            ForAllPairs(15, (a, b) => after[a, b].ShouldBe(before[a, b], 1e-9));
        });

    [Fact]
    public void Mahalanobis_DependentColumns_AreNamed()
    {
        var x = RowMatrix.FromColumns([1, 2, 3, 5, 9], [2, 1, 7, 5, 3], [3, 3, 10, 10, 12]);
        Should.Throw<RankDeficientException>(() => Distances.Mahalanobis(x)).Columns.ShouldBe([0, 1, 2]);
        Should.Throw<TooFewUnitsException>(() => Distances.Mahalanobis(Made(1, 3, 3))).Needed.ShouldBe(4);
    }

    [Fact]
    public void NearestNeighbours_EqualDistances_AreOrderedByRow()
    {
        var neighbours = NearestNeighbours.Of(Distances.Euclidean(RowMatrix.FromColumns([5, 4, 6, 4, 5, 9])), 5);
        neighbours.Unit[0].ShouldBe([4, 1, 2, 3, 5]);
        neighbours.Unit[4].ShouldBe([0, 1, 2, 3, 5]);
        neighbours.Distance[5].ShouldBe([3, 4, 4, 5, 5]);
        Should.Throw<TooFewUnitsException>(() => NearestNeighbours.Of(Distances.Euclidean(Made(1, 3, 1)), 3)).Needed.ShouldBe(4);
        Should.Throw<ArgumentOutOfRangeException>(() => NearestNeighbours.Of(Distances.Euclidean(Made(1, 3, 1)), 0));
    }

    [Fact]
    public void NearestNeighbours_PermutedRows_AreTheSameUnits() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, order) = (Made(seed, 12, 3), RandomData.Permutation(seed, 12));
            var before = NearestNeighbours.Of(Distances.Euclidean(x), 4);
            var after = NearestNeighbours.Of(Distances.Euclidean(Permuted(x, order)), 4);
            for (var i = 0; i < 12; i++)
            {
                after.Unit[i].Select(unit => order[unit]).ShouldBe(before.Unit[order[i]]);
                after.Distance[i].ShouldBe(before.Distance[order[i]]);
            }
        });

    [Fact]
    public void ModelWeighted_PartsOfADistance_AddUpInSquares() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, _) = RandomData.Regression(seed, 20, 4);
            var covariates = RowMatrix.FromColumns(Shares.Column(x, 1), Shares.Column(x, 2), Shares.Column(x, 3));
            var positions = ModelWeighted.Of(covariates, LinearRegression.Fit(x, y).Coefficients.AsSpan(1), y);
            var distances = positions.Distances();
            ForAllPairs(20, (a, b) => positions.Parts(a, b).Sum().ShouldBe(distances[a, b] * distances[a, b], 1e-12));
        });

    [Fact]
    public void ModelWeighted_OtherUnits_GiveTheSameWeightsAndDistances()
    {
        var (x, y, _) = RandomData.Regression(3, 30, 3);
        var covariates = RowMatrix.FromColumns(Shares.Column(x, 1), Shares.Column(x, 2));
        var before = ModelWeighted.Of(covariates, LinearRegression.Fit(x, y).Coefficients.AsSpan(1), y);
        var scaled = Each(x, (value, column) => column == 1 ? value * 1000 : value);
        double[] shifted = [.. y.Select(value => (value * 3) + 8)];
        var after = ModelWeighted.Of(
            RowMatrix.FromColumns(Shares.Column(scaled, 1), Shares.Column(scaled, 2)), LinearRegression.Fit(scaled, shifted).Coefficients.AsSpan(1), shifted);
        after.Weights.ShouldBe(before.Weights, 1e-12);
        after.Positions.Values.ShouldBe(before.Positions.Values, 1e-12);
    }

    [Fact]
    public void ModelWeighted_CovariateWithoutEffect_DoesNotCount()
    {
        var x = RowMatrix.FromColumns([1, 2, 3, 4], [100, -5, 60, 7]);
        var positions = ModelWeighted.Of(x, [-2, 0], [8, 6, 4, 2]);
        positions.Weights.ShouldBe([1, 0], 1e-15);
        positions.Parts(0, 3)[1].ShouldBe(0);
        positions.Distances()[0, 3].ShouldBe(3 / Math.Sqrt(5 / 3.0), 1e-15);
        Should.Throw<ConstantColumnsException>(() => ModelWeighted.Of(x, [1, 1], [3, 3, 3, 3]));
        Should.Throw<InvalidValueException>(() => ModelWeighted.Of(x, [1, double.NaN], [1, 2, 3, 4])).Argument.ShouldBe("coefficients");
    }

    [Fact]
    public void FromMatrix_NotDistances_Throw()
    {
        Distances.FromMatrix(new RowMatrix(2, 2, [0, 3, 3, 0]))[1, 0].ShouldBe(3);
        Should.Throw<InvalidValueException>(() => Distances.FromMatrix(new RowMatrix(2, 2, [0, 3, 2, 0]))).Column.ShouldBe(1);
        Should.Throw<InvalidValueException>(() => Distances.FromMatrix(new RowMatrix(2, 2, [0, -1, -1, 0])));
        Should.Throw<InvalidValueException>(() => Distances.FromMatrix(new RowMatrix(2, 2, [1, 3, 3, 0])));
        Should.Throw<InvalidValueException>(() => Distances.FromMatrix(new RowMatrix(2, 2, [0, double.NaN, double.NaN, 0])));
        Should.Throw<ArgumentException>(() => Distances.FromMatrix(new RowMatrix(1, 2)));
    }

    internal static RowMatrix Made(int seed, int rows, int columns) => new(rows, columns, RandomData.Normals(seed, rows * columns));

    internal static RowMatrix Permuted(RowMatrix x, int[] order) => new(order.Length, x.Columns, [.. order.SelectMany(row => x.Row(row).ToArray())]);

    internal static IEnumerable<double[]> Rows(RowMatrix x) => Enumerable.Range(0, x.Rows).Select(row => x.Row(row).ToArray());

    internal static void ForAllPairs(int count, Action<int, int> check)
    {
        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b < count; b++)
            {
                check(a, b);
            }
        }
    }

    private static RowMatrix Each(RowMatrix x, Func<double, int, double> change) =>
        new(x.Rows, x.Columns, [.. x.Values.Select((value, i) => change(value, i % x.Columns))]);
}
