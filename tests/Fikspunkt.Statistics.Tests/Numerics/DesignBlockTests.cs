using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Tests.Numerics;

public sealed class DesignBlockTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(700, 4)]
    [InlineData(1024, 9)]
    [InlineData(1500, 20)]
    public void Gram_AnyShape_IsTheSumOfProducts(int rows, int columns)
    {
        var x = new RowMatrix(rows, columns, RandomData.Normals(rows, rows * columns));
        var v = RandomData.Normals(rows + 1, rows);
        double[] ones = [.. Enumerable.Repeat(1.0, columns)];
        var blocks = new DesignBlocks(x, order: null, new double[columns], ones, new ParallelOptions());
        foreach (var wide in (bool[])[true, false])
        {
            var total = new double[columns * columns];
            for (var block = 0; block < blocks.Count; block++)
            {
                var own = new double[columns * columns];
                blocks[block].Gram(v.AsSpan(blocks[block].From, blocks[block].Count), own, wide);
                total = [.. total.Zip(own, (a, b) => a + b)];
            }

            for (var a = 0; a < columns; a++)
            {
                for (var b = 0; b <= a; b++)
                {
                    total[(a * columns) + b].ShouldBe(Enumerable.Range(0, rows).Sum(i => v[i] * x[i, a] * x[i, b]), 1e-11);
                }
            }
        }
    }
}
