using Redactor.Import;

namespace Redactor.Tests.Import;

public sealed class TomlTests
{
    [Theory]
    [InlineData("a = \"x\\ty \\u00e9 \\\"\"", "x\ty é \"")]
    [InlineData("a = 'x\\ty'", "x\\ty")]
    [InlineData("a = '''x 'y'\n\\d'''", "x 'y'\n\\d")]
    [InlineData("a = '''\nx'''", "x")]
    [InlineData("a = '''x''''", "x'")]
    [InlineData("a = \"\"\"x \\\n   y\"\"\"", "x y")]
    [InlineData("a = \"\"", "")]
    [InlineData("\"a\" = 'x' # note", "x")]
    [InlineData("a = 3", 3L)]
    [InlineData("a = -1_000", -1000L)]
    [InlineData("a = 0xff", 255L)]
    [InlineData("a = 3.5", 3.5)]
    [InlineData("a = 1e3", 1000.0)]
    [InlineData("a = true", true)]
    [InlineData("a = 2024-01-01T10:00:00Z", "2024-01-01T10:00:00Z")]
    public void A_value_is_read(string text, object value) => Assert.Equal(value, Toml.Parse(text)["a"]);

    [Fact]
    public void An_array_may_span_lines_with_comments_and_end_in_a_comma() =>
        Assert.Equal(["x", 2L, new List<object> { "y" }], (List<object>)Toml.Parse("a = [\n  'x', # one\n  2,\n  ['y'],\n]\n")["a"]);

    [Fact]
    public void Tables_of_an_array_have_tables_of_their_own()
    {
        var root = Toml.Parse("""
            t = 1
            [[r]]
            id = "one"
            [[r.list]]
            n = 1
            [[r.list]]
            n = 2
            [[r]]
            id = "two"
            [r.inner]
            x.y = { z = 'deep' }
            """);
        var rules = ((List<object>)root["r"]).Cast<TomlTable>().ToArray();

        Assert.Equal(["one", "two"], rules.Select(r => r["id"]));
        Assert.Equal([1L, 2L], ((List<object>)rules[0]["list"]).Cast<TomlTable>().Select(t => t["n"]));
        Assert.Equal("deep", ((TomlTable)((TomlTable)((TomlTable)rules[1]["inner"])["x"])["y"])["z"]);
        Assert.Equal((2, 8), (rules[0].Line, rules[1].Line));
    }

    [Theory]
    [InlineData("\na = x", 2, "this is no value: a text needs quotes")]
    [InlineData("a = 'x\n'", 1, "a text must end on the line on which it begins, or have three quotes")]
    [InlineData("a = '''x", 1, "the file ends too early")]
    [InlineData("a = 1\na = 2", 2, "'a' is there twice")]
    [InlineData("[a]\n[a]", 2, "this table is already there")]
    [InlineData("a = 1\n[a]", 2, "'a' is a value, not a table")]
    [InlineData("a = 1 b = 2", 1, "something follows that does not belong there")]
    [InlineData("a 1", 1, "'=' is missing")]
    [InlineData("= 1", 1, "a key is missing")]
    [InlineData("a = [1 2]", 1, "',' or ']' is missing")]
    [InlineData("a = \"\\d\"", 1, "unknown escape; use '''...''' for a text with backslashes")]
    public void What_is_no_TOML_is_told_with_its_line(string text, int line, string message)
    {
        var wrong = Assert.Throws<TomlException>(() => Toml.Parse(text));

        Assert.Equal((line, message), (wrong.Line, wrong.Message));
    }

    [Fact]
    public void Deep_nesting_is_refused() => Assert.Throws<TomlException>(() => Toml.Parse("a = " + new string('[', 100_000)));
}
