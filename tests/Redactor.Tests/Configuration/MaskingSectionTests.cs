using System.Text;
using Redactor.Configuration;

namespace Redactor.Tests.Configuration;

public sealed class MaskingSectionTests
{
    private static readonly Dictionary<string, string> Environment = new() { ["NEW"] = new('n', 32), ["OLD"] = new('o', 32), ["SHORT"] = new('s', 31) };

    [Fact]
    public void Keys_come_from_references()
    {
        var keys = Read("masking: {hash_key: {id: k2, value: \"${env:NEW}\"}, previous_hash_key: {id: k1, value: \"${env:OLD}\"}}").Options!.Rules.HashKeys!;

        Assert.Equal("k2", keys.Current.Id);
        Assert.Equal("k1", keys.Previous!.Id);
        Assert.Null(Read("").Options!.Rules.HashKeys);
        Assert.Equal("", Read("masking: {hash_key: {value: \"${env:NEW}\"}}").Options!.Rules.HashKeys!.Current.Id);
    }

    [Theory]
    [InlineData("masking: {hash_key: {value: abcdefghijklmnopqrstuvwxyz0123456789}}", "masking.hash_key.value stands in the file; write ${file:PATH} or ${env:NAME}")]
    [InlineData("masking: {hash_key: {value: \"${env:SHORT}\"}}", "masking.hash_key.value is shorter than 32 bytes; make one by: openssl rand -hex 32")]
    [InlineData("masking: {hash_key: {id: k1}}", "masking.hash_key.value is missing; write ${file:PATH} or ${env:NAME}, made by: openssl rand -hex 32")]
    [InlineData("masking: {hash_key: {id: K-1, value: \"${env:NEW}\"}}", "masking.hash_key.id: 'K-1' can't be used; write a lower-case letter and at most seven more letters or digits, such as k1")]
    [InlineData("masking: {hash_key: {value: \"${env:NEW}\"}, previous_hash_key: {id: k1, value: \"${env:OLD}\"}}", "while a key is replaced, labels carry both fingerprints: give both keys an id, and different ones, such as k1 and k2")]
    [InlineData("masking: {previous_hash_key: {id: k1, value: \"${env:OLD}\"}}", "masking.previous_hash_key has no successor; add masking.hash_key, or name it so")]
    [InlineData("masking: {hash_keys: {value: \"${env:NEW}\"}}", "unknown key \"masking.hash_keys\"; did you mean \"hash_key\"?")]
    public void A_mistake_names_its_line_and_never_the_key(string yaml, string expected)
    {
        var mistake = Assert.Single(Read(yaml).Mistakes);

        Assert.Equal(expected, mistake.Message);
        Assert.Equal(1, mistake.Line);
    }

    private static ConfigurationResult Read(string yaml) =>
        ConfigurationFile.Read(Encoding.UTF8.GetBytes(yaml), "redactor.yaml", "/", Environment.GetValueOrDefault);
}
