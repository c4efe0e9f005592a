using Fikspunkt.Store.Importing;
using FsCheck;
using FsCheck.Fluent;

namespace Fikspunkt.Store.Tests;

public sealed class RadixSortTests
{
    [Fact]
    public void Sort_AnyKeys_IsAStableSort() =>
        Check.One(Config.QuickThrowOnFailure.WithReplay(5, 7), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var bits = random.Next(1, 65);
            var keys = Enumerable.Range(0, random.Next(0, 500)).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> (64 - bits)).ToArray();
            var items = Enumerable.Range(0, keys.Length).ToArray();
            var expected = keys.Zip(items).OrderBy(pair => pair.First).ToArray();

            RadixSort.Sort(ref keys, ref items, bits);

            keys.Zip(items).ShouldBe(expected);
        }));
}
