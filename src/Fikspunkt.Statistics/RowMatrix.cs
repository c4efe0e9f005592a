namespace Fikspunkt.Statistics;

/// <summary>A dense matrix of doubles, stored row by row in one array.</summary>
/// <remarks>No equality by value and no default: a matrix is made for one calculation. The array is not copied;
/// whoever hands it over no longer writes to it.</remarks>
public sealed class RowMatrix
{
    /// <summary>Takes over <paramref name="values"/>, row after row.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="values">Exactly rows x columns values.</param>
    /// <exception cref="ArgumentException">The length does not match.</exception>
    public RowMatrix(int rows, int columns, double[] values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (values.LongLength != (long)rows * columns)
        {
            throw new ArgumentException($"{rows} x {columns} values are needed, {values.Length} were given.", nameof(values));
        }

        (Rows, Columns, Values) = (rows, columns, values);
    }

    /// <summary>A matrix of zeros.</summary>
    public RowMatrix(int rows, int columns)
        : this(rows, columns, new double[checked(rows * columns)])
    {
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>The values, row after row.</summary>
    public double[] Values { get; }

    /// <summary>One value; row and column count from 0.</summary>
    public double this[int row, int column]
    {
        get => Values[(row * Columns) + Column(column)];
        set => Values[(row * Columns) + Column(column)] = value;
    }

    /// <summary>One row.</summary>
    public Span<double> Row(int row) => Values.AsSpan(row * Columns, Columns);

    /// <summary>A square matrix with <paramref name="diagonal"/> on the diagonal and zeros elsewhere.</summary>
    public static RowMatrix Diagonal(ReadOnlySpan<double> diagonal)
    {
        var matrix = new RowMatrix(diagonal.Length, diagonal.Length);
        for (var i = 0; i < diagonal.Length; i++)
        {
            matrix[i, i] = diagonal[i];
        }

        return matrix;
    }

    /// <summary>A matrix from its columns, all of the same length.</summary>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    public static RowMatrix FromColumns(params ReadOnlySpan<double[]> columns)
    {
        var rows = columns.Length == 0 ? 0 : columns[0].Length;
        var matrix = new RowMatrix(rows, columns.Length);
        for (var column = 0; column < columns.Length; column++)
        {
            if (columns[column].Length != rows)
            {
                throw new ArgumentException($"Column {column} has {columns[column].Length} values, the first has {rows}.", nameof(columns));
            }

            for (var row = 0; row < rows; row++)
            {
                matrix[row, column] = columns[column][row];
            }
        }

        return matrix;
    }

    private int Column(int column) =>
        (uint)column < (uint)Columns ? column : throw new ArgumentOutOfRangeException(nameof(column));
}
