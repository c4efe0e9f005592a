using System.Numerics.Tensors;

namespace Fikspunkt.Statistics.Frontiers;

/// <summary>
/// The set of possible inputs and outputs as columns of a linear program, scaled. Rows: inputs, outputs with the sign turned, and, except with CRS,
/// the sum of the weights. A point (x, y) and a direction g give: sum lambda a_j + slack + beta g = b with a_j = (x_j, -y_j, 1), b = (x, -y, 1).
/// </summary>
/// <remarks>Rows and units are scaled by powers of two, so that scaling rounds nothing: rows to a mean of about 1, units to a largest element of about 1.</remarks>
internal sealed class Technology
{
    private readonly double[] _rowScale;
    private readonly double[] _unitScale;

    public Technology(RowMatrix inputs, RowMatrix outputs, ReturnsToScale returns, RowMatrix? restrictions)
    {
        (Units, Inputs, Outputs) = (inputs.Rows, inputs.Columns, outputs.Columns);
        Restrictions = restrictions?.Rows ?? 0;
        HasReturnsRow = returns != ReturnsToScale.Constant;
        ReturnsSign = returns == ReturnsToScale.Increasing ? -1 : 1;
        Rows = Inputs + Outputs + (HasReturnsRow ? 1 : 0);
        Matrix = new ColumnMatrix(Rows, Units + Restrictions + Rows);
        _rowScale = [.. Enumerable.Range(0, Rows).Select(row => row < Inputs ? MeanScale(inputs, row) : row < Inputs + Outputs ? MeanScale(outputs, row - Inputs) : 1)];
        _unitScale = new double[Units];
        Span<double> column = stackalloc double[Rows];
        for (var unit = 0; unit < Units; unit++)
        {
            _unitScale[unit] = Point(inputs.Row(unit), outputs.Row(unit), column);
            SetColumn(unit, column);
        }

        for (var restriction = 0; restriction < Restrictions; restriction++)
        {
            column.Clear();
            for (var i = 0; i < Inputs + Outputs; i++)
            {
                column[i] = restrictions![restriction, i] * _rowScale[i];
            }

            Normalise(column);
            SetColumn(Units + restriction, column);
        }

        for (var row = 0; row < Rows; row++)
        {
            Matrix[row, Slack(row)] = 1;
        }

        // A sum of exactly 1 leaves no slack.
        BlockedSlack = returns == ReturnsToScale.Variable ? Slack(Rows - 1) : -1;
    }

    private Technology(Technology other)
    {
        (Units, Inputs, Outputs, Restrictions, Rows) = (other.Units, other.Inputs, other.Outputs, other.Restrictions, other.Rows);
        (HasReturnsRow, ReturnsSign, BlockedSlack) = (other.HasReturnsRow, other.ReturnsSign, other.BlockedSlack);
        (_rowScale, _unitScale) = (other._rowScale, other._unitScale);
        Matrix = new ColumnMatrix(Rows, other.Matrix.Columns);
        other.Matrix.Values.CopyTo(Matrix.Values, 0);
    }

    public int Rows { get; }

    public int Units { get; }

    public int Inputs { get; }

    public int Outputs { get; }

    public int Restrictions { get; }

    public bool HasReturnsRow { get; }

    /// <summary>-1 where the sum of the weights is bounded from below, otherwise 1.</summary>
    public double ReturnsSign { get; }

    public ColumnMatrix Matrix { get; }

    /// <summary>The column that may not be used, or -1.</summary>
    public int BlockedSlack { get; }

    public int Slack(int row) => Units + Restrictions + row;

    /// <summary>Power of two that takes a row's data to the program's scale.</summary>
    public double RowScale(int row) => _rowScale[row];

    /// <summary>Power of two that takes a unit's data to the program's scale.</summary>
    public double UnitScale(int unit) => _unitScale[unit];

    /// <summary>A point as a right side, scaled; returns the power of two it was scaled by, on top of the rows' scales.</summary>
    public double Point(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> point)
    {
        for (var i = 0; i < Inputs; i++)
        {
            point[i] = x[i] * _rowScale[i];
        }

        for (var r = 0; r < Outputs; r++)
        {
            point[Inputs + r] = -y[r] * _rowScale[Inputs + r];
        }

        if (HasReturnsRow)
        {
            point[^1] = 0;
        }

        var scale = Normalise(point);
        if (HasReturnsRow)
        {
            point[^1] = ReturnsSign * scale;
        }

        return scale;
    }

    /// <summary>The same technology with columns of its own, which may be changed.</summary>
    public Technology Copy() => new(this);

    /// <summary>Takes one row from <paramref name="original"/>, each unit's value times a factor.</summary>
    public void ScaleRow(Technology original, int row, ReadOnlySpan<double> factors) =>
        TensorPrimitives.Multiply(original.Matrix.Row(row)[..Units], factors, Matrix.Row(row)[..Units]);

    private void SetColumn(int column, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < Rows; i++)
        {
            Matrix[i, column] = values[i];
        }
    }

    private static double Normalise(Span<double> values)
    {
        var largest = 0.0;
        foreach (var value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        var scale = PowerOfTwo(largest);
        foreach (ref var value in values)
        {
            value *= scale;
        }

        return scale;
    }

    private static double MeanScale(RowMatrix data, int column)
    {
        var sum = 0.0;
        for (var i = 0; i < data.Rows; i++)
        {
            sum += Math.Abs(data[i, column]) / data.Rows;
        }

        return PowerOfTwo(sum);
    }

    /// <summary>The power of two that brings a size to between 1/2 and 1; 1 for 0.</summary>
    private static double PowerOfTwo(double size) => size > 0 && double.IsFinite(size) ? Math.ScaleB(1, -Math.Clamp(Math.ILogB(size) + 1, -1000, 1000)) : 1;
}
