using Fikspunkt.Statistics.Frontiers;

namespace Fikspunkt.Statistics.Tests.Frontiers;

public sealed class SimplexTests
{
    [Fact]
    public void Solve_BealesExampleThatCycles_EndsAtTheOptimum()
    {
        // Beale (1955): the simplex with Dantzig's rule and the first row of a tie runs in a circle of six here. Optimum 1/20.
        double[][] rows = [[0.25, -60, -1.0 / 25, 9], [0.5, -90, -1.0 / 50, 3], [0, 0, 1, 0]];
        double[] right = [0, 0, 1];
        double[] cost = [0.75, -150, 0.02, -6];
        var (status, value) = Solve(rows, right, cost);
        status.ShouldBe(SimplexStatus.Optimal);
        value.ShouldBe(0.05, 1e-12);
        DenseTableau.Maximise(rows, right, cost).ShouldBe(0.05, 1e-12);
    }

    [Fact]
    public void Solve_RandomPrograms_EqualTheDenseTableau()
    {
        var (optimal, infeasible, unbounded) = (0, 0, 0);
        RandomData.ForAllSeeds(seed =>
        {
            var random = new Random(seed);
            var (m, n) = (1 + random.Next(6), 1 + random.Next(12));

            // Small whole numbers: degenerate and tied all the time.
            var rows = Enumerable.Range(0, m).Select(_ => Enumerable.Range(0, n).Select(_ => (double)random.Next(-3, 6)).ToArray()).ToArray();
            double[] right = [.. Enumerable.Range(0, m).Select(_ => (double)random.Next(-2, 6))];
            double[] cost = [.. Enumerable.Range(0, n).Select(_ => (double)random.Next(-4, 5))];
            var expected = DenseTableau.Maximise(rows, right, cost);
            var (status, value) = Solve(rows, right, cost);
            switch (status)
            {
                case SimplexStatus.Optimal:
                    value.ShouldBe(expected, 1e-8);
                    optimal++;
                    break;
                case SimplexStatus.Infeasible:
                    expected.ShouldBe(double.NaN);
                    infeasible++;
                    break;
                default:
                    expected.ShouldBe(double.PositiveInfinity);
                    unbounded++;
                    break;
            }
        });
        (optimal > 10 && infeasible > 5 && unbounded > 5).ShouldBeTrue($"{optimal} {infeasible} {unbounded}");
    }

    private static (SimplexStatus Status, double Value) Solve(double[][] rows, double[] right, double[] cost)
    {
        var (m, n) = (rows.Length, cost.Length);
        var matrix = new ColumnMatrix(m, n + m);
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                matrix[i, j] = rows[i][j];
            }

            matrix[i, n + i] = 1;
        }

        var simplex = new Simplex(matrix);
        cost.CopyTo(simplex.Cost, 0);
        simplex.SetProblem(right, new double[m]);
        simplex.Start([.. Enumerable.Range(n, m)]);
        var status = simplex.Solve();
        var value = 0.0;
        for (var p = 0; p < m; p++)
        {
            value += simplex.Cost[simplex.Basis[p]] * simplex.Values[p];
        }

        return (status, value);
    }
}
