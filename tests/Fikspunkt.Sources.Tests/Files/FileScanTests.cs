using System.Globalization;
using System.Resources;
using System.Security.Cryptography;
using System.Text;
using Fikspunkt.Sources.Files;

namespace Fikspunkt.Sources.Tests.Files;

public sealed class FileScanTests
{
    private const int Block = 1 << 20;

    [Theory]
    [InlineData("æ")]
    [InlineData("€")]
    [InlineData("😀")]
    public void Encoding_CharacterAcrossBlocks_IsStillUtf8(string character)
    {
        for (var shift = 1; shift <= 4; shift++)
        {
            // Blocks may be larger than asked for, so a character stands across every multiple.
            var filler = Enumerable.Repeat((byte)'a', Block - shift).ToArray();
            byte[] content = [.. filler, .. Encoding.UTF8.GetBytes(character), .. filler, .. Encoding.UTF8.GetBytes(character), .. filler];

            var scan = FileScan.Of(InputFile.FromBytes("a.csv", content), CancellationToken.None);

            (scan.Encoding, scan.Length, scan.Hash).ShouldBe((FileEncoding.Utf8, content.Length, Convert.ToHexStringLower(SHA256.HashData(content))));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Block - 1)]
    [InlineData(Block)]
    [InlineData((2 * Block) + 3)]
    public void Encoding_LoneByteAnywhere_IsWindows1252(int place)
    {
        var content = Enumerable.Repeat((byte)'a', (2 * Block) + 4).ToArray();
        content[place] = 0xE6;

        FileScan.Of(InputFile.FromBytes("a.csv", content), CancellationToken.None).Encoding.ShouldBe(FileEncoding.Windows1252);
    }

    [Fact]
    public void Texts_DanishAndEnglish_HaveTheSameKeys() => Keys("en").ShouldBe(Keys(""));

    private static List<string> Keys(string culture) =>
        [.. new ResourceManager("Fikspunkt.Sources.Texts", typeof(TableImporter).Assembly)
            .GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: false)!
            .Cast<System.Collections.DictionaryEntry>().Select(entry => (string)entry.Key).Order(StringComparer.Ordinal)];
}
