using BenchmarkDotNet.Attributes;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Regression;
using Fikspunkt.Statistics.Shrinkage;

namespace Fikspunkt.Bench;

/// <summary>Fits of 98 units, alone and with ten periods each, with exact leave-one-out, and the noise of such a panel.</summary>
[MemoryDiagnoser]
public class RegressionBench
{
    private const int Units = 98;
    private const int Periods = 10;

    private readonly int[] _units = [.. Enumerable.Range(0, Units * Periods).Select(i => i % Units)];
    private readonly int[] _periods = [.. Enumerable.Range(0, Units * Periods).Select(i => i / Units)];
    private (RowMatrix X, double[] Y, double[] Weights) _single;
    private (RowMatrix X, double[] Y, double[] Weights) _pooled;
    private FractionalLogitFit? _singleFit;
    private FractionalLogitFit? _pooledFit;
    private RowMatrix _periodColumns = new(0, 0);

    [GlobalSetup]
    public void SetUp()
    {
        _single = Data(Units, 9);
        _pooled = Data(Units * Periods, 20);
        _singleFit = FractionalLogit.Fit(_single.X, _single.Y, _single.Weights);
        _pooledFit = FractionalLogit.Fit(_pooled.X, _pooled.Y, _pooled.Weights);
        _periodColumns = PanelNoise.PeriodColumns(_periods);
    }

    [Benchmark]
    public LinearFit Linear() => LinearRegression.Fit(_single.X, _single.Y, _single.Weights);

    [Benchmark]
    public FractionalLogitFit Logit() => FractionalLogit.Fit(_single.X, _single.Y, _single.Weights);

    [Benchmark]
    public LeaveGroupOutFit LogitLeaveOneOut() => _singleFit!.LeaveOneOut();

    [Benchmark]
    public LeaveGroupOutFit LogitPooledLeaveUnitOut() => _pooledFit!.LeaveGroupOut(_units);

    [Benchmark]
    public PanelNoiseEstimate Noise() => PanelNoise.Estimate(_periodColumns, _pooled.Y, _pooled.Weights, _units, _periods);

    private static (RowMatrix X, double[] Y, double[] Weights) Data(int rows, int columns)
    {
        var random = new Random(98);
        var x = new RowMatrix(rows, columns);
        var (y, weights) = (new double[rows], new double[rows]);
        for (var i = 0; i < rows; i++)
        {
            x[i, 0] = 1;
            for (var j = 1; j < columns; j++)
            {
                x[i, j] = random.NextDouble();
            }

            (y[i], weights[i]) = (0.02 + (0.05 * random.NextDouble()), 1000 + (50_000 * random.NextDouble()));
        }

        return (x, y, weights);
    }
}
