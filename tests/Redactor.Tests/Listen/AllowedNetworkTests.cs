using System.Net;
using Redactor.Listen;
using Redactor.Receive;
using Redactor.Tests.Receive;

namespace Redactor.Tests.Listen;

public sealed class AllowedNetworkTests
{
    [Theory]
    [InlineData("127.0.0.0/8")]
    [InlineData("10.0.0.0/8", "127.0.0.1/32")]
    public async Task A_client_from_an_allowed_network_is_served(params string[] networks)
    {
        await using TestReceiver receiver = await StartAsync(networks);
        using var client = new OtlpHttpClient(receiver.Http);

        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(HttpMethod.Get, "/info")).Status);
    }

    [Theory]
    [InlineData("10.0.0.0/8")]
    [InlineData("127.0.0.2/32", "::1/128")]
    public async Task The_connection_of_any_other_client_is_closed_before_a_byte_is_read(params string[] networks)
    {
        await using TestReceiver receiver = await StartAsync(networks);
        using RawConnection connection = await RawConnection.OpenAsync(receiver.Receiver.GrpcAddress!);

        Assert.Equal("", await connection.ReadToEndAsync());
        Assert.Equal([("grpc", Admission.AddressNotAllowed)], receiver.Denials);
    }

    [Fact]
    public async Task On_a_port_for_both_families_IPv4_networks_hold_for_IPv4_clients()
    {
        var port = new PortOptions(new IPEndPoint(IPAddress.IPv6Any, 0)) { Allow = [IPNetwork.Parse("127.0.0.0/8")] };
        await using var receiver = new OtlpReceiver(new ReceiverOptions { Grpc = null, Http = port }, (_, _) => Task.FromResult(ExportOutcome.Success));
        await receiver.StartAsync();
        using var client = new OtlpHttpClient(new Uri($"http://127.0.0.1:{receiver.HttpAddress!.Port}"));

        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(HttpMethod.Get, "/info")).Status);
    }

    private static Task<TestReceiver> StartAsync(string[] networks)
    {
        var port = new PortOptions(new IPEndPoint(IPAddress.Loopback, 0)) { Allow = [.. networks.Select(n => IPNetwork.Parse(n))] };
        return TestReceiver.StartAsync(options: new ReceiverOptions { Grpc = port, Http = port });
    }
}
